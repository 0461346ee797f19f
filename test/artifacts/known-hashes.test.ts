import { mkdtempSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashZips } from '../../src/artifacts/index.js';
import { digestOf, newFolder } from './folders.js';

const SETTLED = 2100;
const DATE = 1_700_000_000;
const ZERO = '0'.repeat(64);

test('many files are hashed, each once, those that are missing left out', async () => {
  const folder = newFolder();
  const paths = Array.from({ length: 30 }, (_, number) => join(folder, `${number}.zip`));
  for (const path of paths.slice(1)) writeFileSync(path, path);
  const hashes = await hashZips([...paths, ...paths]);
  expect(hashes.size).toBe(29);
  for (const path of paths.slice(1)) expect(hashes.get(path)?.sha256).toBe(digestOf(path).sha256);
});

describe('a file whose hash is remembered', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pkgr-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const memory = join(folder, 'cache', 'hashes.json');
  const path = join(folder, 'one.zip');
  const other = join(folder, 'other.zip');
  const remembered = () => JSON.parse(readFileSync(memory, 'utf8'));
  /** What tells that a file was not read: nothing but the memory can know this hash. */
  const pretend = () => {
    const { version, files } = remembered();
    for (const known of Object.values<{ sha256: string }>(files)) known.sha256 = ZERO;
    writeFileSync(memory, JSON.stringify({ version, files }));
  };
  const hashOf = async (asked: string) =>
    (await hashZips([path, other], memory)).get(asked)?.sha256;

  beforeAll(async () => {
    writeFileSync(path, 'one');
    writeFileSync(other, 'other');
    for (const file of [path, other]) utimesSync(file, DATE, DATE);
    await setTimeout(SETTLED);
    await hashZips([path, other], memory);
    pretend();
  });

  test('is not read again', async () => {
    expect(await hashOf(path)).toBe(ZERO);
    expect(await hashOf(other)).toBe(ZERO);
  });

  test('is read without the memory', async () => {
    expect((await hashZips([path])).get(path)?.sha256).toBe(digestOf('one').sha256);
  });

  test('is read when it was written in place, with its size and its date of before', async () => {
    writeFileSync(path, 'two');
    utimesSync(path, DATE, DATE);
    expect(await hashOf(path)).toBe(digestOf('two').sha256);
    expect(await hashOf(other)).toBe(ZERO);
  });

  test('is read when another took its place', async () => {
    const replacement = join(folder, 'replacement');
    writeFileSync(replacement, 'OTHER');
    utimesSync(replacement, DATE, DATE);
    renameSync(replacement, other);
    expect(await hashOf(other)).toBe(digestOf('OTHER').sha256);
  });

  test('is not remembered before it has been left alone for a while', async () => {
    const young = join(folder, 'young.zip');
    writeFileSync(young, 'young');
    await hashZips([young], memory);
    expect(Object.keys(remembered().files)).not.toContain(young);
    await setTimeout(SETTLED);
    await hashZips([young], memory);
    expect(Object.keys(remembered().files)).toContain(young);
  });

  test.each([
    '',
    'null',
    '{"version":1,"files":{"x":1}}',
    '{"version":2,"files":{}}',
  ])('is read when the memory cannot be: %j', async (text) => {
    writeFileSync(memory, text);
    expect(await hashOf(path)).toBe(digestOf('two').sha256);
  });

  test('is read when nothing can be remembered', async () => {
    const unusable = join(path, 'hashes.json');
    const hashes = await hashZips([path], unusable);
    expect(hashes.get(path)?.sha256).toBe(digestOf('two').sha256);
  });
});
