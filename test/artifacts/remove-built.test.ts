import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Artifact, printReport, removeBuilt } from '../../src/artifacts/index.js';

let root = '';
let elsewhere = '';
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'pkgr-built-'));
  root = join(folder, 'project');
  elsewhere = join(folder, 'elsewhere');
  mkdirSync(root);
  mkdirSync(elsewhere);
});
afterEach(() => rmSync(dirname(root), { recursive: true, force: true }));

function write(path: string, text = path): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** What a report says of a zip whose content is its own path. */
function artifact(path: string): Artifact {
  const sha256 = createHash('sha256').update(path).digest('hex');
  const size = Buffer.byteLength(path);
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.zip$/, '');
  return { kind: 'function', name, path, size, sha256, sourceCodeHash: '', unzippedSize: 1 };
}

function report(paths: readonly string[], folder = 'build'): void {
  write(`${folder}/artifacts.json`, printReport({ version: 1, units: paths.map(artifact) }));
}

const remove = (output = 'build') => removeBuilt({ root, output });

/** Every path below the project. */
const all = () => readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();

describe('removing what was built', () => {
  test('takes the zips, their report and the folders that are empty then', async () => {
    const zips = ['build/a.zip', 'build/deep/er/b.zip'];
    for (const path of zips) write(path);
    report(zips);
    write('serverless.yml');
    expect(await remove()).toEqual(zips);
    expect(all()).toEqual(['serverless.yml']);
  });

  test('leaves everything else that is there, and the folder with it', async () => {
    write('build/a.zip');
    report(['build/a.zip', 'build/gone.zip']);
    for (const path of ['build/notes.txt', 'build/other.zip', 'build/deep/x.zip']) write(path);
    expect(await remove()).toEqual(['build/a.zip']);
    expect(all()).toEqual([
      'build',
      'build/deep',
      'build/deep/x.zip',
      'build/notes.txt',
      'build/other.zip',
    ]);
  });

  test('leaves a zip that is not, byte for byte, what was made', async () => {
    write('build/a.zip', 'build/b.zip');
    write('build/c.zip', 'longer than what was made');
    mkdirSync(join(root, 'build/d.zip'));
    writeFileSync(join(elsewhere, 'e'), 'build/e.zip');
    symlinkSync(join(elsewhere, 'e'), join(root, 'build/e.zip'));
    report(['a', 'c', 'd', 'e'].map((name) => `build/${name}.zip`));
    expect(await remove()).toEqual([]);
    expect(all()).toEqual(['build', ...['a', 'c', 'd', 'e'].map((name) => `build/${name}.zip`)]);
  });

  test('follows no link out of the project', async () => {
    writeFileSync(join(elsewhere, 'a.zip'), 'build/deep/a.zip');
    write('build/notes.txt');
    symlinkSync(elsewhere, join(root, 'build/deep'));
    report(['build/deep/a.zip']);
    expect(await remove()).toEqual([]);
    expect(existsSync(join(elsewhere, 'a.zip'))).toBe(true);
    expect(existsSync(join(root, 'build/deep'))).toBe(true);
  });

  test('does nothing when the folder itself has become a link out of the project', async () => {
    writeFileSync(join(elsewhere, 'a.zip'), 'build/a.zip');
    writeFileSync(
      join(elsewhere, 'artifacts.json'),
      printReport({ version: 1, units: [artifact('build/a.zip')] }),
    );
    symlinkSync(elsewhere, join(root, 'build'));
    expect(await remove()).toEqual([]);
    expect(readdirSync(elsewhere).sort()).toEqual(['a.zip', 'artifacts.json']);
  });

  test('does nothing in a folder of which it knows nothing', async () => {
    write('build/a.zip');
    expect(await remove()).toEqual([]);
    write('build/artifacts.json', '{"version": 1, "units": "mine"}');
    expect(await remove()).toEqual([]);
    expect(all()).toEqual(['build', 'build/a.zip', 'build/artifacts.json']);
    expect(await remove('not-there')).toEqual([]);
  });

  test('lets no report name anything but zips in the folder', async () => {
    const step = fc.constantFrom('..', '.', '', 'build', 'src', 'a.zip', 'b.py', '/');
    const path = fc.array(step, { minLength: 1, maxLength: 5 }).map((steps) => steps.join('/'));
    const fixed = ['src/a.zip', 'build/b.py', '../elsewhere/a.zip', 'build/../src/a.zip'];
    await fc.assert(
      fc.asyncProperty(fc.array(path, { maxLength: 6 }), async (paths) => {
        for (const mine of ['src/a.zip', 'src/b.py', 'build/b.py', 'a.zip']) write(mine);
        const units = [...fixed, ...paths].map((named) => {
          // The report is right about the bytes of whatever it names.
          const real = join(root, named).slice(root.length + 1);
          return { ...artifact(real), path: named };
        });
        write('build/artifacts.json', printReport({ version: 1, units }));
        await remove();
        for (const mine of ['src/a.zip', 'src/b.py', 'build/b.py', 'a.zip']) {
          expect(existsSync(join(root, mine)), mine).toBe(true);
        }
      }),
    );
  });
});
