import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../engine/local-engine.js';
import { lintTemplate } from './cfn-lint.js';
import { type ExampleName, inExample } from './example.js';

const variants: readonly ExampleName[] = [
  'manywheels/with-image',
  'manywheels/with-dockerfile',
  'manywheels/with-packages',
];

describe('the variants of examples/manywheels', () => {
  test.each([
    ['lambda_function.py', 3],
    ['requirements/base.txt', 3],
    ['requirements/xmlsec_layer.txt', 3],
    ['events/sample.json', 3],
    ['expected/sample.result.json', 3],
    ['docker/Dockerfile.xmlsec', 2],
  ] as const)('have the same %s', async (path, count) => {
    const texts = variants.slice(0, count).map((name) => readFile(inExample(name, path), 'utf8'));
    expect(new Set(await Promise.all(texts)).size).toBe(1);
  });
});

describe('the SAM template', { timeout: 300_000 }, () => {
  const path = inExample('manywheels/with-image', 'template.yaml');

  test("has nothing that AWS's linter finds", async () => {
    expect(await lintTemplate(path)).toEqual([]);
  });

  test.each([
    ['Handler:', 'Hndler:'],
    ['Runtime: python3.13', 'Runtime: python3.99'],
    ['!Ref Xmlsec', '!Ref Xmlsek'],
  ])('would not be taken with %s written %s', async (from, to) => {
    const broken = join(folderWith({}), 'template.yaml');
    await writeFile(broken, (await readFile(path, 'utf8')).replace(from, to));
    expect((await lintTemplate(broken)).length).toBeGreaterThan(0);
  });

  test('names the zips and the handler that the manifest has', async () => {
    const text = await readFile(path, 'utf8');
    expect(/CodeUri: (.*)/.exec(text)?.[1]).toBe('dist/sample.zip');
    expect(/ContentUri: (.*)/.exec(text)?.[1]).toBe('dist/xmlsec.zip');
    expect(/Handler: (.*)/.exec(text)?.[1]).toBe('lambda_function.handler');
  });
});
