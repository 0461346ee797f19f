import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { copyExample, type ExampleCopy, exampleJson, inExample } from './example.js';
import { invoke, returned } from './invoke.js';
import { listing } from './listing.js';
import { readZip, textOf } from './zip.js';

const EXAMPLE = 'socless-slack';
const MINUTE = 60_000;

/** Each function's own code and what all of them have, by the place in the zip. */
const sources = {
  slack_send_dialog: {
    'lambda.py': 'functions/slack_send_dialog/lambda.py',
    'requirements.txt': 'functions/slack_send_dialog/requirements.txt',
    'slack_helpers.py': 'common_files/slack_helpers.py',
    'common2.py': 'common_files/common2.py',
  },
  slack_send_message: {
    'lambda.py': 'functions/slack_send_message/lambda.py',
    'requirements.txt': 'functions/slack_send_message/requirements.txt',
    'slack_helpers.py': 'common_files/slack_helpers.py',
    'common2.py': 'common_files/common2.py',
  },
} as const;
const functions = ['slack_send_dialog', 'slack_send_message'] as const;

describe.runIf(hasEngine)('examples/socless-slack', { timeout: 5 * MINUTE }, () => {
  let example: ExampleCopy;
  beforeAll(async () => {
    example = await copyExample(EXAMPLE);
    await example.build();
  }, 15 * MINUTE);
  afterAll(() => example?.remove());

  describe.each(functions)('%s', (name) => {
    test('has the entries that are expected', async () => {
      const entries = await readZip(example.zip(name));
      const expected = inExample(EXAMPLE, `expected/${name}.listing`);
      await expect(listing(entries)).toMatchFileSnapshot(expected);
    });

    test('has its own and the shared code unchanged', async () => {
      const entries = await readZip(example.zip(name));
      for (const [place, source] of Object.entries(sources[name])) {
        expect(textOf(entries, place)).toBe(await readFile(inExample(EXAMPLE, source), 'utf8'));
      }
    });

    test('answers its sample event in a clean runtime', async () => {
      const outcome = await invoke({
        runtime: 'python3.11',
        zip: example.zip(name),
        handler: 'lambda.handler',
        event: await exampleJson(EXAMPLE, `events/${name}.json`),
      });
      await expect(returned(outcome)).toMatchFileSnapshot(
        inExample(EXAMPLE, `expected/${name}.result.json`),
      );
    });
  });

  test('only the function that asks for requests gets it', async () => {
    const holders = [];
    for (const name of functions) {
      const entries = await readZip(example.zip(name));
      if (entries.some(({ path }) => path.startsWith('requests/'))) holders.push(name);
    }
    expect(holders).toEqual(['slack_send_dialog']);
  });

  test('built again it changes nothing; with one file edited, only the zip that has it', async () => {
    const again = await example.build();
    expect(again.units.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged']);
    await appendFile(join(example.folder, sources.slack_send_message['lambda.py']), '# edited\n');
    const edited = await example.build();
    expect(edited.units.map(({ unit, kind }) => [unit.name, kind])).toEqual([
      ['slack_send_dialog', 'unchanged'],
      ['slack_send_message', 'built'],
    ]);
  });
});
