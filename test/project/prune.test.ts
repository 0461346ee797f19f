import { describe, expect, it } from 'vitest';
import { pruneChoices } from '../../src/manifest/pkgr/values.js';
import { ignorePatterns } from '../../src/project/ignore-patterns/index.js';
import { type PruneChoice, prunePatterns } from '../../src/project/prune.js';
import { files, projectOf } from './sample-project.js';

/** What packages may have, one thing for each rule and some that are near to one. */
const installed = [
  'boto3/docs/__init__.py',
  'boto3/examples/s3.rst',
  'demo-1.0.dist-info/METADATA',
  'demo-1.0.dist-info/licenses/LICENSE.md',
  'demo-stubs/__init__.pyi',
  'demo.egg-info/PKG-INFO',
  'demo/README.md',
  'demo/__init__.py',
  'demo/__pycache__/x.cpython-311.pyc',
  'demo/_speed.c',
  'demo/_speed.so',
  'demo/features/flags.py',
  'demo/features.py',
  'demo/manifest.yml',
  'demo/py.typed',
  'demo/requirements.txt',
  'demo/setup.cfg',
  'demo/testing/tools.py',
  'demo/tests.py',
  'demo/tests/data/tests',
  'demo/tests/test_x.py',
  'tests/test_y.py',
];

function leftOut(...choices: readonly PruneChoice[]): readonly string[] {
  const patterns = ignorePatterns(prunePatterns(choices));
  return installed.filter((path) => patterns.excludes(path));
}

describe('pruning installed packages', () => {
  it('leaves out folders of tests, but no module of that name', () => {
    expect(leftOut('tests')).toEqual([
      'demo/tests/data/tests',
      'demo/tests/test_x.py',
      'tests/test_y.py',
    ]);
  });

  it('leaves out metadata, bytecode, stubs and sources', () => {
    expect(leftOut('dist-info')).toEqual([
      'demo-1.0.dist-info/METADATA',
      'demo-1.0.dist-info/licenses/LICENSE.md',
      'demo.egg-info/PKG-INFO',
    ]);
    expect(leftOut('pyc')).toEqual(['demo/__pycache__/x.cpython-311.pyc']);
    expect(leftOut('stubs')).toEqual(['demo-stubs/__init__.pyi', 'demo/py.typed']);
    expect(leftOut('sources')).toEqual(['demo/_speed.c']);
  });

  it('leaves out documents, but neither a package named docs nor a licence', () => {
    expect(leftOut('docs')).toEqual(['boto3/examples/s3.rst', 'demo/README.md']);
  });

  it('leaves out a licence with the metadata that it is in, in whichever order they are named', () => {
    const both = ['boto3/examples/s3.rst', 'demo-1.0.dist-info/METADATA'];
    expect(leftOut('dist-info', 'docs')).toEqual(expect.arrayContaining(both));
    expect(leftOut('docs', 'dist-info')).toEqual(leftOut('dist-info', 'docs'));
    expect(leftOut('docs', 'dist-info')).toContain('demo-1.0.dist-info/licenses/LICENSE.md');
  });

  it("in juniper's way leaves out what juniper deletes", () => {
    expect(leftOut('juniper')).toEqual([
      'demo-1.0.dist-info/METADATA',
      'demo-1.0.dist-info/licenses/LICENSE.md',
      'demo.egg-info/PKG-INFO',
      'demo/__pycache__/x.cpython-311.pyc',
      'demo/features/flags.py',
      'demo/manifest.yml',
      'demo/requirements.txt',
      'demo/setup.cfg',
      'demo/tests/data/tests',
      'demo/tests/test_x.py',
      'tests/test_y.py',
    ]);
  });

  it('is done by choices that all mean something', () => {
    for (const choice of pruneChoices) expect(leftOut(choice)).not.toEqual([]);
  });
});

describe('prune in pkgr.yml', () => {
  it('is that of the unit, or else the global one; an empty list takes it back', async () => {
    const { units } = await projectOf(
      [
        'global: {runtime: python3.13, requirements: base.txt, prune: [tests]}',
        'functions: {a: {}, b: {prune: juniper}, c: {prune: []}}',
        'layers: {d: {requirements: base.txt, prune: [stubs, tests]}}',
      ].join('\n'),
      files,
    );
    expect(units.map(({ prune }) => prune)).toEqual([
      prunePatterns(['tests']),
      prunePatterns(['juniper']),
      [],
      prunePatterns(['stubs', 'tests']),
    ]);
  });
});
