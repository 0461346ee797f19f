import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Artifact, removeGone } from '../../src/artifacts/index.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pkgr-gone-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text = path): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** What a report says of a zip whose content is its own path. */
function artifact(path: string, own: Partial<Artifact> = {}): Artifact {
  const sha256 = createHash('sha256').update(path).digest('hex');
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.zip$/, '');
  const size = Buffer.byteLength(path);
  return {
    kind: 'function',
    name,
    path,
    size,
    sha256,
    sourceCodeHash: '',
    unzippedSize: 1,
    ...own,
  };
}

const remove = (units: readonly Artifact[], declared: readonly Artifact[] = []) =>
  removeGone({ version: 1, units }, declared, { root, output: 'dist' });

describe('cleaning the output folder', () => {
  test('removes zips of units that are gone, and nothing else', async () => {
    for (const path of ['dist/old.zip', 'dist/kept.zip', 'dist/mine.txt', 'dist/other.zip']) {
      write(path);
    }
    const kept = artifact('dist/kept.zip');
    expect(await remove([artifact('dist/old.zip'), kept], [kept])).toEqual(['dist/old.zip']);
    expect(existsSync(join(root, 'dist/old.zip'))).toBe(false);
    for (const path of ['dist/kept.zip', 'dist/mine.txt', 'dist/other.zip']) {
      expect(existsSync(join(root, path)), path).toBe(true);
    }
  });

  test('keeps a zip of which a unit of another kind is declared now', async () => {
    write('dist/a.zip');
    const asLayer = artifact('dist/a.zip', { kind: 'layer' });
    expect(await remove([artifact('dist/a.zip')], [asLayer])).toEqual([]);
  });

  test('keeps a file that is not what was reported', async () => {
    write('dist/a.zip', 'dist/b.zip');
    write('dist/c.zip', 'longer than reported');
    mkdirSync(join(root, 'dist/d.zip'));
    write('real.zip', 'dist/e.zip');
    symlinkSync('../real.zip', join(root, 'dist/e.zip'));
    const units = ['a', 'c', 'd', 'e', 'gone'].map((name) => artifact(`dist/${name}.zip`));
    expect(await remove(units)).toEqual([]);
  });

  test('keeps what a report names outside of the output folder', async () => {
    write('src/a.zip');
    write('dist/x/a.zip');
    const named = (path: string, name: string) => artifact(path, { name });
    expect(
      await remove([
        named('src/a.zip', 'a'),
        named('dist/../src/a.zip', '../src/a'),
        named('dist/x/a.zip', 'x/a'),
      ]),
    ).toEqual([]);
  });

  test('does nothing without a report', async () => {
    expect(await removeGone(undefined, [], { root, output: 'dist' })).toEqual([]);
  });
});
