import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { copyExample, type ExampleCopy, exampleJson, inExample } from './example.js';
import { invoke, returned } from './invoke.js';
import { listing } from './listing.js';
import { readZip, textOf } from './zip.js';

const EXAMPLE = 'jq-layer';
const MINUTE = 60_000;

describe.runIf(hasEngine)('examples/jq-layer', { timeout: 5 * MINUTE }, () => {
  let example: ExampleCopy;
  let findings: readonly unknown[];
  beforeAll(async () => {
    example = await copyExample(EXAMPLE);
    ({ findings } = await example.build());
  }, 15 * MINUTE);
  afterAll(() => example?.remove());

  const call = async (event: unknown, layers: readonly string[]) =>
    invoke({
      runtime: 'python3.11',
      zip: example.zip('filter'),
      layers,
      handler: 'jq_filter.handler',
      event,
    });

  test('the layer has the program in bin/, the libraries it needs in lib/, and nothing else', async () => {
    const entries = await readZip(example.zip('jq'));
    const expected = inExample(EXAMPLE, 'expected/jq.listing');
    await expect(listing(entries)).toMatchFileSnapshot(expected);
    for (const { content } of entries)
      expect(content.subarray(0, 4).toString('latin1')).toBe('\x7fELF');
    expect(findings).toEqual([]);
  });

  test('the function has its code alone', async () => {
    const entries = await readZip(example.zip('filter'));
    await expect(listing(entries)).toMatchFileSnapshot(
      inExample(EXAMPLE, 'expected/filter.listing'),
    );
    const source = await readFile(inExample(EXAMPLE, 'jq_filter.py'), 'utf8');
    expect(textOf(entries, 'jq_filter.py')).toBe(source);
  });

  test('runs the program by its name, with the PATH and the LD_LIBRARY_PATH of Lambda', async () => {
    const event = await exampleJson(EXAMPLE, 'events/filter.json');
    const outcome = await call(event, [example.zip('jq')]);
    await expect(returned(outcome)).toMatchFileSnapshot(
      inExample(EXAMPLE, 'expected/filter.result.json'),
    );
  });

  test('hands on what the program complains of', async () => {
    const outcome = await call({ filter: '.[', document: {} }, [example.zip('jq')]);
    expect(outcome).toMatchObject({
      kind: 'returned',
      value: { program: '/opt/bin/jq', error: expect.stringContaining('syntax error') },
    });
  });

  test('has no program to run without the layer', async () => {
    const outcome = await call({ filter: '.', document: {} }, []);
    expect(outcome).toMatchObject({ kind: 'raised', during: 'call', type: 'FileNotFoundError' });
  });
});
