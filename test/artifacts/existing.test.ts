import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashZip } from '../../src/artifacts/index.js';
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
