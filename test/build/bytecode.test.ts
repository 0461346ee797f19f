import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { compareZips, readZip } from '../host/compare-zips.js';
import { wheel } from '../host/python-packages.js';
import { needsEngine } from './engine-environment.js';
import { newFolder, newProject } from './project.js';
import { build, pkgr } from './run.js';

const env = { XDG_CACHE_HOME: newFolder() };
const units = ['hash', 'none', 'sourceless', 'layer'] as const;
const cached = (module: string) => `__pycache__/${module}.cpython-311.pyc`;

describe.runIf(hasEngine)(`sources are compiled when they are packed${needsEngine}`, () => {
  let project: string;
  const zips = new Map<string, Buffer>();
  const names = async (unit: string) => {
    const entries = await readZip(zips.get(unit) ?? Buffer.alloc(0));
    return entries.map(({ name }) => name).filter((name) => !name.includes('.dist-info/'));
  };

  beforeAll(async () => {
    project = newProject({
      'pkgr.yml': `global: {runtime: python3.11, requirements: ./one-1.0-py3-none-any.whl}
functions:
  hash: {include: code/}
  none: {include: code/, bytecode: none}
  sourceless: {include: code/, bytecode: sourceless}
layers:
  layer: {include: code/, requirements: ./one-1.0-py3-none-any.whl}
`,
      'code/app.py': 'import one\n',
      'code/patched.py': 'WHOSE = "ours"\n',
      'code/template.py': '{% for Python 2 or none %}\n',
      'one-1.0-py3-none-any.whl': await wheel('one', {
        'one/__init__.py': 'ONE = 1\n',
        'patched.py': 'WHOSE = "theirs"\n',
      }),
    });
    await build(project);
    for (const unit of units) zips.set(unit, readFileSync(join(project, `dist/${unit}.zip`)));
  });

  test('beside their sources by default, packages and code alike', async () => {
    expect(await names('hash')).toEqual([
      cached('app'),
      cached('patched'),
      'app.py',
      'one/__init__.py',
      `one/${cached('__init__')}`,
      'patched.py',
      'template.py',
    ]);
    expect(await names('layer')).toContain(`python/one/${cached('__init__')}`);
  });

  test('not at all, or in the place of their sources', async () => {
    expect(await names('none')).toEqual(['app.py', 'one/__init__.py', 'patched.py', 'template.py']);
    expect(await names('sourceless')).toEqual([
      'app.pyc',
      'one/__init__.pyc',
      'patched.pyc',
      'template.py',
    ]);
  });

  test('without Docker in the same way', async () => {
    await build(project, ['--engine', 'host'], { env });
    for (const unit of units) {
      const onHost = readFileSync(join(project, `dist/${unit}.zip`));
      expect(await compareZips(zips.get(unit) ?? Buffer.alloc(0), onHost), unit).toEqual([]);
    }
  });
});

test('without Docker and without its Python, code alone is packed as it is, and that is told', async () => {
  const project = newProject({
    'pkgr.yml':
      'functions: {a: {runtime: python3.14, include: app.py}, b: {runtime: python3.14, include: app.py}}\n',
    'app.py': 'x = 1\n',
  });
  const { stderr } = await pkgr(project, ['build', '--engine', 'host'], { env });
  expect(
    stderr.match(/the code is packed without bytecode: there is no python3\.14/g),
  ).toHaveLength(1);
  const entries = await readZip(readFileSync(join(project, 'dist/a.zip')));
  expect(entries.map(({ name }) => name)).toEqual(['app.py']);
});
