import {
  appendFileSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { docker, hasEngine } from '../engine/local-engine.js';
import { readZip, textOf } from '../examples/zip.js';
import { localProject, wheel } from '../host/python-packages.js';
import { needsEngine } from './engine-environment.js';
import { type Content, fresh, newProject, writeFiles, zipHashes } from './project.js';
import { build, pkgr, type Run } from './run.js';

const MINUTES = 180_000;

const manifest = `global: {runtime: python3.11, requirements: requirements.txt}
functions:
  a: {include: functions/a/}
  b: {include: functions/b/}
  c: {include: functions/c/}
`;
const files: Readonly<Record<string, Content>> = {
  'pkgr.yml': manifest,
  'requirements.txt': '--no-index\n./vendor/one-1.0-py3-none-any.whl\n',
  'vendor/one-1.0-py3-none-any.whl': await wheel('one', { 'one.py': `ONE = "${fresh()}"\n` }),
  'functions/a/app.py': 'A = 1\n',
  'functions/b/app.py': 'B = 1\n',
  'functions/c/app.py': 'C = 1\n',
};
let project: string;
const units = ['a', 'b', 'c'];

describe.runIf(hasEngine)(`a build does only what is left to do${needsEngine}`, () => {
  let first: Run;
  let built: Readonly<Record<string, string>>;

  beforeAll(async () => {
    project = newProject(files);
    first = await pkgr(project, ['build']);
    built = zipHashes(project);
  }, MINUTES);

  beforeEach(async () => {
    writeFiles(project, files);
    expect(await build(project)).toMatchObject({ a: expect.any(String), b: expect.any(String) });
  }, MINUTES);

  test('functions with the same requirements share one install, and the progress tells each step', () => {
    expect(first.code).toBe(0);
    expect(first.stdout).toBe('dist/a.zip\ndist/b.zip\ndist/c.zip');
    const steps = first.stderr
      .split('\n')
      .flatMap((line) => /^(\w+ \S+): [\d.]+ s$/.exec(line)?.[1] ?? []);
    expect(steps[0]).toBe('install deps-1');
    expect(steps.slice(1).sort()).toEqual(['pack a', 'pack b', 'pack c']);
    expect(first.stderr).toMatch(/^built {6}a .* kB/m);
    expect(first.stderr).toMatch(/^3 built, 0 unchanged, 0 failed in [\d.]+ s$/m);
  });

  test('a second build touches no file, and says so', async () => {
    const before = stats();
    const { code, stdout, stderr } = await pkgr(project, ['build']);
    expect(code).toBe(0);
    expect(stats()).toEqual(before);
    expect(stdout).toBe('dist/a.zip\ndist/b.zip\ndist/c.zip');
    expect(stderr.replace(/[\d.]+ (kB|s)/g, 'N $1')).toBe(
      [
        ...units.map((name) => `unchanged  ${name}    N kB`),
        '0 built, 3 unchanged, 0 failed in N s',
      ].join('\n'),
    );
  });

  test(
    'an edit of one function rewrites its zip alone',
    async () => {
      const before = stats();
      writeFiles(project, { 'functions/b/app.py': 'B = 2\n' });
      const { stderr } = await pkgr(project, ['build']);
      expect(stderr.match(/^\w+ \S+: [\d.]+ s$/gm)?.map((line) => line.split(':')[0])).toEqual([
        'pack b',
      ]);
      const after = stats();
      expect(after['b.zip']).not.toEqual(before['b.zip']);
      expect([after['a.zip'], after['c.zip']]).toEqual([before['a.zip'], before['c.zip']]);
    },
    MINUTES,
  );

  test(
    'a new function with packages of its own, the first of all, installs those alone',
    async () => {
      const functions = 'functions:\n  0: {include: functions/a/, requirements: more.txt}\n';
      writeFiles(project, {
        'pkgr.yml': manifest.replace('functions:\n', functions),
        'more.txt': `--no-index\n--find-links vendor\n# ${fresh()}\none\n`,
      });
      const { stderr } = await pkgr(project, ['build']);
      expect(stderr.match(/^\w+ \S+: [\d.]+ s$/gm)?.map((line) => line.split(':')[0])).toEqual([
        'install deps-1',
        'pack 0',
      ]);
      expect(zipHashes(project)).toMatchObject(built);
      rmSync(join(project, 'dist/0.zip'));
    },
    MINUTES,
  );

  test(
    'a zip that was damaged, cut or deleted is put back',
    async () => {
      const zip = (name: string) => join(project, 'dist', `${name}.zip`);
      const bytes = readFileSync(zip('a'));
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(zip('a'), bytes);
      truncateSync(zip('b'), 100);
      rmSync(zip('c'));
      expect(await build(project)).toEqual({ a: 'built', b: 'built', c: 'built' });
      expect(zipHashes(project)).toEqual(built);
    },
    MINUTES,
  );

  test(
    'a build of one unit leaves the others as they are, on disk and in artifacts.json',
    async () => {
      writeFiles(project, { 'functions/a/app.py': 'A = 2\n', 'functions/b/app.py': 'B = 3\n' });
      expect(await build(project, ['b'])).toEqual({ b: 'built' });
      const hashes = zipHashes(project);
      expect(hashes).toEqual({ ...built, b: hashes.b });
      expect(reported()).toEqual(hashes);
      const { code, stderr } = await pkgr(project, ['build', 'bb']);
      expect([code, stderr]).toEqual([2, expect.stringContaining('"bb"')]);
    },
    MINUTES,
  );

  test(
    'a unit that the manifest drops is dropped from artifacts.json',
    async () => {
      writeFiles(project, { 'pkgr.yml': manifest.replace(/^ {2}c.*\n/m, '') });
      expect(Object.keys(await build(project))).toEqual(['a', 'b']);
      expect(Object.keys(reported())).toEqual(['a', 'b']);
    },
    MINUTES,
  );

  test(
    'what is edited while the build runs is built as it is at the end',
    async () => {
      const moving = newProject({
        ...files,
        // The engine is asked for the digests first, then for the zips that have changed.
        'editing-docker': `#!/bin/sh
case "$*" in *--target\\ changed*) echo "EDITED = 1" > functions/a/app.py ;; esac
exec ${docker} "$@"
`,
      });
      await build(moving);
      writeFiles(moving, { 'functions/a/app.py': `TOKEN = "${fresh()}"\n` });
      const env = { PKGR_DOCKER: join(moving, 'editing-docker') };
      expect(await build(moving, [], { env })).toEqual({
        a: 'built',
        b: 'unchanged',
        c: 'unchanged',
      });
      const zip = await readZip(join(moving, 'dist/a.zip'));
      expect(textOf(zip, 'app.py')).toBe('EDITED = 1\n');
      expect(await build(moving)).toEqual({ a: 'unchanged', b: 'unchanged', c: 'unchanged' });
    },
    MINUTES,
  );

  test(
    'what pip makes anew each time changes with --no-cache only',
    async () => {
      const backend = localProject('lib', 'library')['lib/backend.py'] ?? '';
      const changing = newProject({
        ...localProject('lib', 'library'),
        'lib/backend.py': backend
          .replace('import os', 'import time, os')
          .replace(
            'wheel.write("library.py")',
            'wheel.writestr("library.py", str(time.time_ns()))',
          ),
        'pkgr.yml':
          'layers: {l: &l {runtime: python3.11, requirements: [--no-index, ./lib]}, m: *l}\n',
      });
      appendFileSync(join(changing, 'lib/library.py'), `# ${fresh()}\n`);
      expect(await build(changing)).toEqual({ l: 'built', m: 'built' });
      expect(await build(changing, ['m'])).toEqual({ m: 'unchanged' });
      const before = zipHashes(changing);
      expect(await build(changing, ['--no-cache'])).toEqual({ l: 'built', m: 'built' });
      const after = zipHashes(changing);
      expect([after.l, after.m]).not.toEqual([before.l, before.m]);
      expect(await build(changing)).toEqual({ l: 'unchanged', m: 'unchanged' });
      // Also for another choice of units and of zips than those that were made anew.
      expect(await build(changing, ['m'])).toEqual({ m: 'unchanged' });
      rmSync(join(changing, 'dist/l.zip'));
      expect(await build(changing, ['l'])).toEqual({ l: 'built' });
      expect(zipHashes(changing)).toEqual(after);
    },
    MINUTES,
  );
});

/** What a rewritten file could not keep: when it was written, and which file it is. */
function stats() {
  return Object.fromEntries(
    ['a.zip', 'b.zip', 'c.zip', 'artifacts.json'].map((name) => {
      const { mtimeNs, ctimeNs, ino } = statSync(join(project, 'dist', name), { bigint: true });
      return [name, { mtimeNs, ctimeNs, ino }];
    }),
  );
}

/** The hashes that artifacts.json tells. */
function reported(): Readonly<Record<string, string>> {
  const { units } = JSON.parse(readFileSync(join(project, 'dist/artifacts.json'), 'utf8'));
  return Object.fromEntries(
    units.map(({ name, sha256 }: { name: string; sha256: string }) => [name, sha256]),
  );
}
