import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { copyExample, type ExampleCopy, exampleJson, inExample } from './example.js';
import { type Invocation, invoke, returned } from './invoke.js';
import { listing, summary } from './listing.js';
import { readZip, textOf } from './zip.js';

const EXAMPLE = 'manywheels';
const MINUTE = 60_000;

describe.runIf(hasEngine)('examples/manywheels', { timeout: 5 * MINUTE }, () => {
  let example: ExampleCopy;
  beforeAll(async () => {
    example = await copyExample(EXAMPLE);
    await example.build();
  }, 15 * MINUTE);
  afterAll(() => example?.remove());

  const call = async (): Promise<Invocation> => ({
    runtime: 'python3.13',
    zip: example.zip('sample'),
    handler: 'lambda_function.handler',
    event: await exampleJson(EXAMPLE, 'events/sample.json'),
  });

  test('the function has its code and the packages of its own', async () => {
    const entries = await readZip(example.zip('sample'));
    const expected = inExample(EXAMPLE, 'expected/sample.listing');
    await expect(listing(entries)).toMatchFileSnapshot(expected);
    const source = await readFile(inExample(EXAMPLE, 'lambda_function.py'), 'utf8');
    expect(textOf(entries, 'lambda_function.py')).toBe(source);
  });

  test('the layer has compiled packages below python/ and OS libraries in lib/', async () => {
    const entries = await readZip(example.zip('xmlsec'));
    const expected = inExample(EXAMPLE, 'expected/xmlsec.listing');
    await expect(withoutMinorVersions(summary(entries, 2))).toMatchFileSnapshot(expected);
  });

  test('what is carried in lib/ are ELF libraries and links to them', async () => {
    const libraries = (await readZip(example.zip('xmlsec'))).filter(({ path }) =>
      path.startsWith('lib/'),
    );
    const names = new Set(libraries.map(({ path }) => path));
    for (const { kind, content } of libraries) {
      if (kind === 'link') expect(names).toContain(`lib/${content.toString('utf8')}`);
      else expect(content.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
    }
    expect(libraries.length).toBeGreaterThan(0);
  });

  test('signs a document and sees through a forgery, with the function and the layer alone', async () => {
    const outcome = await invoke({ ...(await call()), layers: [example.zip('xmlsec')] });
    await expect(returned(outcome)).toMatchFileSnapshot(
      inExample(EXAMPLE, 'expected/sample.result.json'),
    );
  });

  test('cannot be imported without the layer', async () => {
    const outcome = await invoke(await call());
    expect(outcome).toMatchObject({
      kind: 'raised',
      during: 'import',
      message: "No module named 'xmlsec'",
    });
  });
});

/** Debian's updates may change the last parts of a library's version, never the first. */
function withoutMinorVersions(text: string): string {
  return text.replace(/(\.so\.\d+)\.[\d.]+$/gm, '$1.*');
}
