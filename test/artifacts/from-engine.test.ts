import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { type ExpectedZip, receiveDigests, receiveZips } from '../../src/artifacts/index.js';
import { solve } from '../../src/engine/index.js';
import { hasEngine } from '../engine/local-engine.js';
import { digestOf, newFolder } from './folders.js';

/** Names as units may have them, up to what a tar header has no room for. */
const names = ['plain', 'größer 包', `it's "x" [1] $HOME`, 'n'.repeat(99), 'é'.repeat(100)];

test.runIf(hasEngine)('what the engine sends is read: zips and digests of any name', async () => {
  const root = newFolder();
  const context = join(root, 'context');
  mkdirSync(context);
  for (const name of names) {
    const data = `zip of ${name}`.repeat(1000);
    writeFileSync(join(context, `${name}.zip`), data);
    writeFileSync(join(context, `${name}.json`), JSON.stringify(digestOf(data)));
  }
  const build = <T>(ignore: string, receive: (tar: Readable) => Promise<T>) =>
    solve({
      dockerfile: 'FROM scratch AS out\nCOPY . /\n',
      ignore,
      context,
      target: 'out',
      namedContexts: {},
      secrets: [],
      ssh: false,
      noCache: false,
      receive,
    });

  const digests = await build('*.zip', (tar) => receiveDigests(tar, { units: names, sets: [] }));
  if (digests.kind === 'failed') throw new Error(JSON.stringify(digests.failure));
  const expected = names.map((name): ExpectedZip => {
    const digest = digests.value.digests.get(name) ?? digestOf('');
    return { name, path: join(root, 'dist', `${name}.zip`), shown: name, digest };
  });
  const zips = await build('*.json', (tar) => receiveZips(tar, expected));
  expect(zips).toMatchObject({
    kind: 'done',
    value: { written: [...names].sort(), failed: new Map() },
  });
  for (const name of names) {
    const file = `${name}.zip`;
    expect(readFileSync(join(root, 'dist', file))).toEqual(readFileSync(join(context, file)));
  }
  expect(readdirSync(join(root, 'dist')).length).toBe(names.length);
});
