import { chmodSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changesBetween, recordInputs } from '../../src/inputs/index.js';
import { type BuildPlan, planProject } from '../../src/plan/index.js';
import { loadProject } from '../../src/project/index.js';
import { newProject, writeFiles } from '../build/project.js';

const common = { pkgr: '1.0.0', programs: 'p', engine: 'docker' } as const;
const files = {
  'pkgr.yml': `global: {runtime: python3.11, include: common/, exclude: ['**/*.log']}
functions:
  a: {include: [a/, {from: conf.json, to: conf/}], requirements: [-r requirements.txt, ./lib, 'x @ https://u:s3cret@example.com/x-1-py3-none-any.whl']}
  b: {include: b/, exclude: [b/*.md], buildEnvironment: {TOKEN: s3cret}, requirements: ./lib}
`,
  'common/c.py': 'C = 1\n',
  'common/some.log': '1',
  'a/app.py': 'A = 1\n',
  'a/tool.sh': '#!/bin/sh\n',
  'a/empty/': '',
  'b/app.py': 'B = 1\n',
  'b/readme.md': 'b\n',
  'conf.json': '{}\n',
  'requirements.txt': '# comment\nsix==1.0\n',
  'lib/setup.py': 'import setuptools\n',
};

async function planned(root: string): Promise<BuildPlan> {
  const { project, diagnostics } = await loadProject({ cwd: root, today: new Date('2026-01-01') });
  if (project === undefined) throw new Error(JSON.stringify(diagnostics));
  return planProject(project);
}

async function recordOf(root: string, names = ['a', 'b']) {
  const plan = await planned(root);
  return recordInputs(
    plan,
    plan.units.filter(({ name }) => names.includes(name)),
    root,
    common,
  );
}

describe('the record of what a unit is made of', () => {
  test('has files by include, requirements by line, and no secret', async () => {
    const record = await recordOf(newProject(files));
    const a = record.get('a');
    expect(
      a?.code.map(({ kind, from, to, entries = {} }) => [kind, from, to, Object.keys(entries)]),
    ).toEqual([
      ['contents', 'common', '', ['c.py']],
      ['contents', 'a', '', ['app.py', 'empty/', 'tool.sh']],
      ['file', 'conf.json', 'conf/conf.json', []],
    ]);
    expect(a?.requirements?.lines).toEqual({
      'pkgr.yml': ['-r requirements.txt', './lib', 'x @ https://example.com/x-1-py3-none-any.whl'],
      'requirements.txt': ['six==1.0'],
    });
    expect(a?.requirements?.files.map(({ path }) => path)).toEqual(['lib', 'requirements.txt']);
    const b = record.get('b');
    expect(b?.code.map(({ entries = {} }) => Object.keys(entries))).toEqual([['c.py'], ['app.py']]);
    expect(Object.keys(b?.options ?? {})).toContain('buildEnvironment TOKEN');
    expect(JSON.stringify([...record])).not.toContain('s3cret');
  });

  test('is the same elsewhere, later, and when only some units are built', async () => {
    const [one, other] = [newProject(files), newProject(files)];
    expect(await recordOf(other)).toEqual(await recordOf(one));
    expect((await recordOf(other, ['b'])).get('b')).toEqual((await recordOf(one)).get('b'));
  });

  test.each<[string, (root: string) => void, readonly string[], readonly string[]]>([
    [
      'a file of one unit',
      (root) => writeFiles(root, { 'a/app.py': 'A = 2\n' }),
      ['a/app.py changed'],
      [],
    ],
    [
      'a shared file',
      (root) => writeFiles(root, { 'common/c.py': 'C = 2\n' }),
      ['common/c.py changed'],
      ['common/c.py changed'],
    ],
    [
      'a mode that counts',
      (root) => chmodSync(join(root, 'conf.json'), 0o755),
      ['conf.json changed'],
      [],
    ],
    ['a mode that does not', (root) => chmodSync(join(root, 'conf.json'), 0o600), [], []],
    [
      'a link in place of a file',
      (root) => {
        unlinkSync(join(root, 'a/app.py'));
        symlinkSync('tool.sh', join(root, 'a/app.py'));
      },
      ['a/app.py changed'],
      [],
    ],
    [
      'an empty folder',
      (root) => rmSync(join(root, 'a/empty'), { recursive: true }),
      ['a/empty/ removed'],
      [],
    ],
    [
      'a file that is left out',
      (root) => writeFiles(root, { 'b/readme.md': 'x', 'common/some.log': '2' }),
      [],
      [],
    ],
    [
      'a file that is left out from now on',
      (root) => writeFiles(root, { '.dockerignore': 'a/tool.sh\n' }),
      ['a/tool.sh removed'],
      [],
    ],
    [
      'a project that pip builds',
      (root) => writeFiles(root, { 'lib/setup.py': '#\n' }),
      ['lib/setup.py changed'],
      ['lib/setup.py changed'],
    ],
    [
      'a comment',
      (root) => writeFiles(root, { 'requirements.txt': 'six==1.0\n' }),
      ['requirements.txt changed'],
      [],
    ],
  ])('tells of %s', async (_, change, a, b) => {
    const root = newProject(files);
    const before = await recordOf(root);
    change(root);
    const now = await recordOf(root);
    const told = (name: string) =>
      changesBetween({ ...inputsOf(before, name) }, { ...inputsOf(now, name) }).map((each) =>
        each.kind === 'file' ? `${each.path} ${each.change}` : JSON.stringify(each),
      );
    expect([told('a'), told('b')]).toEqual([a, b]);
  });

  test('has what a Dockerfile of the user’s own copies, and its arguments without their values', async () => {
    const root = newProject({
      'pkgr.yml': `functions:
  a: {runtime: python3.11, include: a/, dockerfile: {file: images/Dockerfile, context: images, args: {TOKEN: s3cret}}}
`,
      'a/app.py': '',
      'images/Dockerfile': 'FROM debian\nARG TOKEN\nCOPY conf missing.txt /opt/\n',
      'images/conf/x.ini': '1',
    });
    const before = await recordOf(root, ['a']);
    writeFiles(root, { 'images/conf/x.ini': '2' });
    const now = await recordOf(root, ['a']);
    expect(before.get('a')?.baseFiles?.map(({ path }) => path)).toEqual(['images/conf']);
    expect(changesBetween(inputsOf(before, 'a'), inputsOf(now, 'a'))).toEqual([
      { kind: 'file', path: 'images/conf/x.ini', change: 'changed' },
    ]);
    expect(before.get('a')?.options).toMatchObject({
      'args TOKEN': expect.stringMatching(/^[0-9a-f]{12}$/),
      bytecode: expect.any(String),
      context: 'images',
    });
    expect(JSON.stringify([...before])).not.toContain('s3cret');
  });

  test('is absent for a unit with a file that cannot be read, and whole for the others', async () => {
    const root = newProject(files);
    const plan = await planned(root);
    rmSync(join(root, 'b'), { recursive: true });
    const record = await recordInputs(plan, plan.units, root, common);
    expect([...record.keys()]).toEqual(['a']);
  });

  test('names a folder where a project has too many files to name each', async () => {
    const root = newProject({
      ...files,
      'pkgr.yml': 'functions: {a: {runtime: python3.11, include: a/}}\n',
    });
    const many = Object.fromEntries(
      Array.from({ length: 1500 }, (_, n) => [`a/vendor/f${n}.py`, '']),
    );
    writeFiles(root, many);
    const before = await recordOf(root);
    writeFileSync(join(root, 'a/vendor/f7.py'), 'X = 1\n');
    const now = await recordOf(root);
    expect(Object.keys(before.get('a')?.code[0]?.entries ?? {}).length).toBeLessThan(10);
    expect(changesBetween(inputsOf(before, 'a'), inputsOf(now, 'a'))).toEqual([
      { kind: 'file', path: 'a/vendor/', change: 'changed' },
    ]);
  });
});

function inputsOf(record: Awaited<ReturnType<typeof recordOf>>, name: string) {
  const inputs = record.get(name);
  if (inputs === undefined) throw new Error(`nothing is recorded of ${name}`);
  return { inputs };
}
