import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { compareZips, readZip } from './compare-zips.js';
import { mixedProject, textIn } from './mixed-project.js';
import { localProject, machineRuntime, wheel, wheelName } from './python-packages.js';
import {
  packProject,
  programs,
  temporaryFolder,
  temporaryProject,
  writeFiles,
} from './temporary-project.js';

vi.setConfig({ testTimeout: 120_000 });

/** Bytecode, which each source has beside it, apart. */
const names = async (zip: Buffer | undefined) =>
  (await readZip(zip ?? Buffer.alloc(0)))
    .map(({ name }) => name)
    .filter((name) => !name.includes('__pycache__/'));

describe('a project packed on the host', () => {
  test('has its packages and its code; a layer has its packages in python/', async () => {
    const { zips, failed } = await packProject(await mixedProject());
    expect(failed).toEqual({});
    expect(await names(zips.hello)).toEqual([
      'app/link.py',
      'app/main.py',
      'app/run',
      'bin/greet',
      'd/empty/',
      'd/x y',
      'greet-1.0.dist-info/INSTALLER',
      'greet-1.0.dist-info/METADATA',
      'greet-1.0.dist-info/RECORD',
      'greet-1.0.dist-info/WHEEL',
      'greet-1.0.dist-info/entry_points.txt',
      'greet/__init__.py',
      'mylib-1.0.dist-info/INSTALLER',
      'mylib-1.0.dist-info/METADATA',
      'mylib-1.0.dist-info/RECORD',
      'mylib-1.0.dist-info/WHEEL',
      'mylib.py',
    ]);
    expect((await names(zips.shared)).every((name) => name.startsWith('python/'))).toBe(true);
    expect(await textIn(zips.shared, 'python/mylib.py')).toBe('VALUE = 1\n');
    expect(await textIn(zips.hello, 'bin/greet')).toMatch(/^#!\/usr\/bin\/env python3\n/);
  });

  test('unpacks to what install.py and pack.py, the programs of the Docker build, make', async () => {
    const root = await mixedProject();
    const { zips } = await packProject(root);
    const out = temporaryFolder();
    const python = (program: string, ...words: readonly string[]) =>
      execFileSync('python3', [join(programs, program), ...words], { cwd: root, stdio: 'pipe' });
    const requirements = [`./vendor/${wheelName('greet')}`, './lib'];
    python('install.py', `--target=${out}/p`, `--runtime=${machineRuntime}`, '--', ...requirements);
    const bytecode = [`--runtime=${machineRuntime}`, '--bytecode=hash', '--place=/var/task'];
    python('deflate.py', `--root=${out}/p`, `--output=${out}/p.zip`, ...bytecode);
    writeFiles(out, { 'd/d/empty/': '', 'd/d/x y': '', 'code/app/main.py': 'import greet\n' });
    writeFiles(out, { 'code/app/run': { program: '#!/bin/sh\n' } });
    writeFiles(out, { 'code/app/link.py': { link: 'main.py' }, 'code/app/notes.txt': '' });
    python(
      'pack.py',
      `--output=${out}/hello.zip`,
      `--digest=${out}/hello.json`,
      ...bytecode,
      `--join=${out}/p.zip`,
      `--tree=${out}/code`,
      '--exclude=app/**/*.txt',
      `--tree=${out}/d`,
    );
    const expected = readFileSync(join(out, 'hello.zip'));
    expect(await compareZips(zips.hello ?? Buffer.alloc(0), expected)).toEqual([]);
  });

  test('leaves out what a unit prunes, and no file of its own', async () => {
    const manifest = `global: {runtime: ${machineRuntime}, requirements: [./${wheelName('big')}]}
functions:
  all: {include: app}
  some: {include: app, prune: [tests, dist-info]}
layers:
  shared: {requirements: [./${wheelName('big')}], prune: [tests, dist-info]}
`;
    const root = temporaryProject({
      'pkgr.yml': manifest,
      'app/tests/test_own.py': '',
      [wheelName('big')]: await wheel('big', { 'big/a.py': '', 'big/tests/test_a.py': '' }),
    });
    const { zips, failed } = await packProject(root);
    expect(failed).toEqual({});
    expect(await names(zips.all)).toContain('big/tests/test_a.py');
    expect(await names(zips.some)).toEqual(['app/tests/test_own.py', 'big/a.py']);
    expect(await names(zips.shared)).toEqual(['python/big/a.py']);
  });

  test('gives the same bytes in another folder, with a closed umask and an empty cache', async () => {
    const first = await packProject(await mixedProject());
    const umask = process.umask(0o077);
    try {
      const second = await packProject(await mixedProject());
      expect(second.sha256).toEqual(first.sha256);
    } finally {
      process.umask(umask);
    }
  });

  test('leaves nothing behind in the project folder', async () => {
    const root = await mixedProject();
    const list = () => execFileSync('find', [root, '-newermt', '1970-01-01']).toString();
    const before = list();
    await packProject(root);
    expect(list()).toBe(before);
  });

  test('lets the code lie over the packages', async () => {
    const { zips } = await packProject(
      temporaryProject({
        'pkgr.yml': `functions:
  hello: {handler: greet.main, runtime: ${machineRuntime}, include: [greet.py], requirements: [./w/${wheelName('greet')}]}
`,
        [`w/${wheelName('greet')}`]: await wheel('greet', { 'greet.py': 'of the wheel' }),
        'greet.py': 'of the project',
      }),
    );
    expect(await textIn(zips.hello, 'greet.py')).toBe('of the project');
  });
});

describe('a set of packages', () => {
  test('that cannot be installed fails its units alone, with the last lines of pip', async () => {
    const { zips, failed } = await packProject(
      temporaryProject({
        'pkgr.yml': `global:
  runtime: ${machineRuntime}
functions:
  bad: {handler: a.b, include: [app], requirements: [./lib]}
  worse: {handler: a.b, include: [app], requirements: [./lib]}
  good: {handler: a.b, include: [app], requirements: [./w/${wheelName('greet')}]}
  plain: {handler: a.b, include: [app]}
`,
        'app/a.py': '',
        ...localProject('lib', 'mylib'),
        'lib/backend.py': 'raise SystemExit("the backend is broken")\n',
        [`w/${wheelName('greet')}`]: await wheel('greet', { 'greet.py': '' }),
      }),
    );
    expect(Object.keys(zips).sort()).toEqual(['good', 'plain']);
    expect(failed.bad).toBe(failed.worse);
    expect(failed.bad).toMatch(
      /^install-failed: pip ended with exit code \d+ while installing the requirements of bad, worse\n/,
    );
    expect(failed.bad).toContain('the backend is broken');
  });

  test('whose code and packages do not go together fails its unit', async () => {
    const { failed } = await packProject(
      temporaryProject({
        'pkgr.yml': `functions:
  hello: {handler: a.b, runtime: ${machineRuntime}, include: [greet], requirements: [./w/${wheelName('greet')}]}
`,
        'greet/a.py': '',
        [`w/${wheelName('greet')}`]: await wheel('greet', { greet: 'a file' }),
      }),
    );
    expect(failed.hello).toContain(
      'build-failed: greet is a file in the installed packages and a folder in greet',
    );
  });

  test('is refused when there is no Python for it, and no other unit is', async () => {
    const { zips, failed } = await packProject(
      temporaryProject({
        'pkgr.yml': `global:
  runtime: ${machineRuntime}
functions:
  hello: {handler: a.b, include: [app], requirements: [six]}
  plain: {handler: a.b, include: [app]}
`,
        'app/a.py': '',
      }),
      { environment: { PATH: '/nowhere' } },
    );
    expect(Object.keys(zips)).toEqual(['plain']);
    expect(failed.hello).toContain(
      `host-python-missing: there is no ${machineRuntime} with pip on PATH`,
    );
  });
});

test('an interrupted build ends what it has started within seconds', async () => {
  const root = temporaryProject({
    'pkgr.yml': `functions:
  hello: {handler: a.b, runtime: ${machineRuntime}, include: [app], requirements: [./lib]}
`,
    'app/a.py': '',
    ...localProject('lib', 'mylib'),
    'lib/backend.py': `
import os, time
open("../started", "w").write(str(os.getpid()))
time.sleep(600)
`,
  });
  const stop = new AbortController();
  const work = temporaryFolder();
  const started = join(work, 'sets/0/project/started');
  const packing = packProject(root, { work, signal: stop.signal });
  packing.catch(() => {});
  let pid = 0;
  while (pid === 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    try {
      pid = Number(readFileSync(started, 'utf8'));
    } catch {
      // not yet
    }
  }
  const begin = performance.now();
  stop.abort();
  await expect(packing).rejects.toMatchObject({ exitCode: 130 });
  expect(performance.now() - begin).toBeLessThan(5000);
  expect(isRunning(pid)).toBe(false);
});

/** A process that has ended stays in the list until its parent has asked for it. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
