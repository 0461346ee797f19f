import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { zipBytes } from '../zip/make-zip.js';
import { installed } from './installed.js';
import { projectWith, run } from './project.js';

const before = zipBytes([
  ...installed({ numpy: { version: '2.4.5' }, six: {}, same: {} }),
  { name: 'app.py', content: 'old' },
  { name: 'gone.py', content: 'x' },
]);
const now = zipBytes([
  ...installed({ Numpy: { version: '2.4.6', files: { 'numpy.py': 'y'.repeat(1500) } }, same: {} }),
  ...installed({ added: { version: '3' } }),
  { name: 'app.py', content: 'new' },
  { name: 'same.sh', content: 'x', mode: 0o100755 },
]);

/** artifacts.json of one function and one layer. */
function report(zips: Readonly<Record<string, Buffer>>): string {
  const units = Object.entries(zips).map(([name, bytes]) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const sourceCodeHash = Buffer.from(sha256, 'hex').toString('base64');
    const path = `dist/${name}.zip`;
    const sizes = { size: bytes.length, unzippedSize: 5000 };
    return { kind: 'function', name, path, sha256, sourceCodeHash, ...sizes, dependencies: name };
  });
  const six = [{ name: 'six', version: '1.0' }];
  const dependencySets = Object.fromEntries(Object.keys(zips).map((name) => [name, six]));
  return JSON.stringify({ version: 1, units, dependencySets });
}

let folder: string;
beforeEach(() => {
  folder = projectWith({
    'pkgr.yml':
      'global: {runtime: python3.12}\nfunctions:\n  a: {include: src/}\n  b: {include: src/}\n',
    'src/app.py': 'new',
    'dist/a.zip': now,
    'dist/b.zip': before,
    'dist/artifacts.json': report({ a: now, b: before }),
    'old/dist/artifacts.json': report({ a: before, b: before, gone: before }),
    'old/dist/a.zip': before,
    'old/b.zip': now,
  });
});

test('two zips: packages, versions, files and sizes', async () => {
  const { code, stdout } = await run(folder, [
    'inspect',
    './dist/a.zip',
    '--diff',
    'old/dist/a.zip',
  ]);
  expect(code).toBe(0);
  await expect(stdout).toMatchFileSnapshot('expected/difference.txt');
});

test('a zip and itself are the same', async () => {
  const { stdout } = await run(folder, ['inspect', 'b', '--diff', 'old/dist/a.zip']);
  expect(stdout).toBe('1 zip unchanged\n');
});

test('two reports, with the zips that are there as they were built, and without', async () => {
  const names = ['inspect', 'dist/artifacts.json', '--diff', 'old/dist/artifacts.json'];
  const { stdout } = await run(folder, names);
  expect(stdout).toContain('a  (function)');
  expect(stdout).toContain('  ~ Numpy 2.4.5 -> 2.4.6  +500 B unzipped');
  expect(stdout).toContain('gone  (function, removed)');
  // Zips under the path of another unit are not taken for it.
  expect(stdout).toContain('1 zip unchanged');

  writeFileSync(join(folder, 'old/dist/a.zip'), readFileSync(join(folder, 'old/b.zip')));
  const without = await run(folder, names);
  expect(without.stdout).toContain('files cannot be compared');
  expect(without.stdout).toContain('  - six 1.0');
});

test('all units of the project against an earlier report; --json is what the reference says', async () => {
  const { stdout } = await run(folder, ['inspect', '--diff', 'old/dist/artifacts.json', '--json']);
  const { version, zips } = JSON.parse(stdout);
  expect(version).toBe(1);
  expect(zips).toMatchObject([
    {
      name: 'a',
      change: 'changed',
      packages: {
        added: [{ name: 'added', version: '3' }],
        removed: [{ name: 'six', version: '1.0' }],
        changed: [{ name: 'Numpy', from: '2.4.5', to: '2.4.6' }],
      },
    },
    { name: 'b', change: 'same' },
    { name: 'gone', change: 'removed' },
  ]);
  const reference = await readFile('docs/reference/inspect.md', 'utf8');
  for (const field of Object.keys(zips[0])) expect(reference).toContain(`\`${field}\``);
});

test('what cannot be compared is told', async () => {
  const told = async (...names: string[]) => (await run(folder, ['inspect', ...names])).stderr;
  expect(await told('--diff', 'pkgr.json')).toContain('[artifacts-unreadable]');
  expect(await told('--diff', 'old/none.zip')).toContain('[zip-not-found]');
  expect(await told('--diff', 'old/b.zip', 'a', 'dist/b.zip', '--html', 'x')).toContain(
    'cannot be used with',
  );
  writeFileSync(join(folder, 'old/other.zip'), before);
  expect(await told('--diff', 'old/other.zip')).toContain(
    'old/other.zip is one zip, and it is not told which of 2 to compare with it [invalid-value]',
  );
});
