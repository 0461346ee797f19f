import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { copyExample, type ExampleCopy, exampleJson, inExample } from './example.js';
import { type Invocation, invoke, returned } from './invoke.js';
import { listing, summary } from './listing.js';
import { readZip } from './zip.js';

const EXAMPLE = 'science';
const MINUTE = 60_000;
const functions = ['describe_csv', 'solve'] as const;

describe.runIf(hasEngine)('examples/science', { timeout: 5 * MINUTE }, () => {
  let example: ExampleCopy;
  beforeAll(async () => {
    example = await copyExample(EXAMPLE);
    await example.build();
  }, 15 * MINUTE);
  afterAll(() => example?.remove());

  test('the layer has the packages that are expected, below python/', async () => {
    const entries = await readZip(example.zip('science'));
    const expected = inExample(EXAMPLE, 'expected/science.listing');
    await expect(summary(entries, 2)).toMatchFileSnapshot(expected);
  });

  describe.each(functions)('%s', (name) => {
    const call = async (): Promise<Invocation> => ({
      runtime: 'python3.13',
      zip: example.zip(name),
      handler: 'app.handler',
      event: await exampleJson(EXAMPLE, `events/${name}.json`),
    });

    test('has its own code and nothing else', async () => {
      const entries = await readZip(example.zip(name));
      const expected = inExample(EXAMPLE, `expected/${name}.listing`);
      await expect(listing(entries)).toMatchFileSnapshot(expected);
      for (const { path, content } of entries) {
        if (path.includes('__pycache__/')) continue;
        const source = await readFile(inExample(EXAMPLE, `functions/${name}/${path}`));
        expect(content.equals(source), `${path} is its source`).toBe(true);
      }
    });

    test('answers its sample event in a clean runtime with the layer', async () => {
      const outcome = await invoke({ ...(await call()), layers: [example.zip('science')] });
      await expect(returned(outcome)).toMatchFileSnapshot(
        inExample(EXAMPLE, `expected/${name}.result.json`),
      );
    });

    test('cannot be imported without the layer', async () => {
      const outcome = await invoke(await call());
      expect(outcome).toMatchObject({ kind: 'raised', during: 'import' });
      expect(outcome).toHaveProperty('type', 'ModuleNotFoundError');
    });
  });
});
