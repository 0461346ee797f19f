import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PrivateIndex, servePrivateIndex } from '../build/private-index.js';
import { fresh } from '../build/project.js';
import { hasEngine } from '../engine/local-engine.js';
import { copyExample, type ExampleCopy, exampleJson, inExample } from './example.js';
import { invoke, returned } from './invoke.js';
import { listing } from './listing.js';
import { readZip } from './zip.js';

const EXAMPLE = 'private-index';
const MINUTE = 60_000;

/** What a company has for itself; the text is new each time, so that it must be fetched. */
const robot = {
  name: 'robot',
  password: 'p@ss/word',
  packages: {
    companygreetings: `def greeting(name):\n    return f"Good morning, {name}."\n# ${fresh()}\n`,
  },
};

describe.runIf(hasEngine)('examples/private-index', { timeout: 5 * MINUTE }, () => {
  let index: PrivateIndex;
  const examples: ExampleCopy[] = [];
  beforeAll(async () => {
    index = await servePrivateIndex([robot]);
  });
  afterAll(async () => {
    await index?.close();
    for (const example of examples) await example.remove();
  });

  /** The example, with a pip.conf that leads to the index of this test. */
  const copy = async (user: string): Promise<ExampleCopy> => {
    const example = await copyExample(EXAMPLE);
    examples.push(example);
    const url = index.url(robot).replace('http://', `http://${user}`);
    // Without TLS pip has to be told that this is meant.
    const conf = `[global]\nindex-url = ${url}\ntrusted-host = ${index.host}\n`;
    await writeFile(join(example.folder, 'pip.conf'), conf);
    // A line that an earlier test has not installed.
    await writeFile(
      join(example.folder, 'requirements.txt'),
      `companygreetings==1.0  # ${fresh()}\n`,
    );
    return example;
  };

  const answer = async (example: ExampleCopy) =>
    returned(
      await invoke({
        runtime: 'python3.11',
        zip: example.zip('greet'),
        handler: 'lambda_function.handler',
        event: await exampleJson(EXAMPLE, 'events/greet.json'),
      }),
    );

  test('is built with the password in pip.conf', async () => {
    const example = await copy(`${robot.name}:${encodeURIComponent(robot.password)}@`);
    await example.build();
    await expect(listing(await readZip(example.zip('greet')))).toMatchFileSnapshot(
      inExample(EXAMPLE, 'expected/greet.listing'),
    );
    const expected = inExample(EXAMPLE, 'expected/greet.result.json');
    await expect(await answer(example)).toMatchFileSnapshot(expected);
  });

  test('is built with the password in a netrc file', async () => {
    const example = await copy('');
    const netrc = join(example.folder, '../netrc');
    const line = `machine ${index.host} login ${robot.name} password ${robot.password}\n`;
    await writeFile(netrc, line, { mode: 0o600 });
    await example.build(netrc);
    expect(await answer(example)).toContain('Good morning, Ada.');
  });

  test('is not built without a password', async () => {
    const example = await copy('');
    await expect(example.build()).rejects.toThrow(/\(from versions: none\)/);
  });
});
