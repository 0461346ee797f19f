import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashZip, hashZips } from '../../src/artifacts/index.js';
import { digestOf, newFolder } from './folders.js';

test('a file is hashed whole, whatever its size', async () => {
  const path = join(newFolder(), 'x.zip');
  for (const size of [0, 1, 1024 * 1024, 3_000_001]) {
    const data = Buffer.alloc(size, 'pkgr');
    writeFileSync(path, data);
    const { sha256 } = digestOf(data);
    expect(await hashZip(path)).toEqual({ size, sha256 });
  }
});

test('what is not there, or is no file, has no hash', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'folder.zip'));
  symlinkSync('nowhere', join(folder, 'dangling.zip'));
  for (const name of ['missing.zip', 'folder.zip', 'dangling.zip']) {
    expect(await hashZip(join(folder, name)), name).toBeUndefined();
  }
});

test('many files are hashed, each once, those that are missing left out', async () => {
  const folder = newFolder();
  const paths = Array.from({ length: 30 }, (_, number) => join(folder, `${number}.zip`));
  for (const path of paths.slice(1)) writeFileSync(path, path);
  const hashes = await hashZips([...paths, ...paths]);
  expect(hashes.size).toBe(29);
  for (const path of paths.slice(1)) expect(hashes.get(path)?.sha256).toBe(digestOf(path).sha256);
});
