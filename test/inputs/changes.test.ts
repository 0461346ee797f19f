import { describe, expect, test } from 'vitest';
import type { Artifact, UnitInputs } from '../../src/artifacts/index.js';
import { type Compared, changesBetween } from '../../src/inputs/index.js';

const inputs: UnitInputs = {
  pkgr: '1.0.0',
  programs: 'p1',
  engine: 'docker',
  options: { runtime: 'python3.11', prune: '**/tests' },
  osPackages: ['libpq-dev'],
  requirements: {
    lines: { 'requirements.txt': ['requests==2.31', 'six'] },
    files: [{ path: 'requirements.txt', content: 'r1' }],
  },
  code: [
    {
      kind: 'contents',
      from: 'app',
      to: '',
      content: 'c1',
      entries: { 'app.py': '1', 'b.py': '1' },
    },
    { kind: 'file', from: 'x.json', to: 'x.json', content: 'x1' },
  ],
};
const before: Compared = {
  base: { kind: 'image', name: 'build:3.11', digest: 'sha256:one' },
  packages: [
    {
      name: 'requests',
      version: '2.31',
      requested: true,
      archive: 'r.whl',
      sha256: 'a'.repeat(64),
    },
    { name: 'typing_extensions', version: '4.0', commit: 'abc' },
  ],
  libraries: [{ name: 'lib/libpq.so.5', package: 'libpq5', version: '15.3' }],
  inputs,
};

/** What is told when inputs have changed so. */
const changed = (more: Partial<UnitInputs>) =>
  changesBetween(before, { ...before, inputs: { ...inputs, ...more } });
const rebuilt = (more: Partial<Compared>) => changesBetween(before, { ...before, ...more });

describe('between two builds', () => {
  test('nothing is told when nothing differs', () => {
    expect(changesBetween(before, structuredClone(before))).toEqual([]);
  });

  test('files that are packed are named', () => {
    const entries = { 'app.py': '2', 'new.py': '1' };
    const [first, file] = inputs.code;
    if (first === undefined || file === undefined) throw new Error('no code');
    expect(
      changed({
        code: [
          { ...first, content: 'c2', entries },
          { ...file, content: 'x2' },
        ],
      }),
    ).toEqual([
      { kind: 'file', path: 'app/app.py', change: 'changed' },
      { kind: 'file', path: 'app/b.py', change: 'removed' },
      { kind: 'file', path: 'app/new.py', change: 'added' },
      { kind: 'file', path: 'x.json', change: 'changed' },
    ]);
    expect(changed({ code: [file, { ...file, to: 'conf/x.json' }] })).toEqual([
      { kind: 'include', path: 'x.json', change: 'added' },
      { kind: 'include', path: 'app/', change: 'removed' },
    ]);
  });

  test('lines of requirements are, two of one package as one change, and not the file besides', () => {
    const lines = { 'requirements.txt': ['six', 'Requests==2.32', 'new>1'], 'pkgr.yml': ['idna'] };
    const files = [{ path: 'requirements.txt', content: 'r2' }];
    expect(changed({ requirements: { lines, files } })).toEqual([
      { kind: 'requirement', file: 'pkgr.yml', to: 'idna' },
      {
        kind: 'requirement',
        file: 'requirements.txt',
        from: 'requests==2.31',
        to: 'Requests==2.32',
      },
      { kind: 'requirement', file: 'requirements.txt', to: 'new>1' },
    ]);
    expect(changed({ requirements: { lines: {}, files: [] } })).toEqual([
      { kind: 'requirement', file: 'requirements.txt', from: 'requests==2.31' },
      { kind: 'requirement', file: 'requirements.txt', from: 'six' },
    ]);
  });

  test('a requirements file is, where its lines are the same, and so are wheels and projects', () => {
    const { lines } = inputs.requirements ?? { lines: {} };
    const files = [
      { path: 'requirements.txt', content: 'r2' },
      { path: 'lib', content: 'l', entries: { 'setup.py': '1' } },
    ];
    expect(changed({ requirements: { lines, files } })).toEqual([
      { kind: 'file', path: 'requirements.txt', change: 'changed' },
      { kind: 'file', path: 'lib/', change: 'added' },
    ]);
  });

  test.each<[string, NonNullable<Artifact['packages']>[number], object]>([
    ['another version', { name: 'requests', version: '2.32' }, { from: '2.31', to: '2.32' }],
    [
      'another archive of the same version',
      { name: 'requests', version: '2.31', archive: 's.whl', sha256: 'b'.repeat(64) },
      {
        from: `2.31 (r.whl sha256:${'a'.repeat(64)})`,
        to: `2.31 (s.whl sha256:${'b'.repeat(64)})`,
      },
    ],
  ])('%s of a package is told', (_, requests, expected) => {
    const packages = [requests, { name: 'Typing.Extensions', version: '4.0', commit: 'abc' }];
    expect(rebuilt({ packages })).toEqual([{ kind: 'package', name: 'requests', ...expected }]);
  });

  test('packages that came and went are told, and another commit', () => {
    const [requests] = before.packages ?? [];
    if (requests === undefined) throw new Error('no packages');
    const commit = { name: 'typing_extensions', version: '4.0', commit: 'def' };
    expect(rebuilt({ packages: [requests, commit, { name: 'idna', version: '3' }] })).toEqual([
      { kind: 'package', name: 'idna', to: '3' },
      { kind: 'package', name: 'typing_extensions', from: '4.0 (abc)', to: '4.0 (def)' },
    ]);
    expect(rebuilt({ packages: [commit] })).toContainEqual({
      kind: 'package',
      name: 'requests',
      from: '2.31',
    });
  });

  test('an archive without a hash, which an old pip does not tell, is no other one', () => {
    const packages = (before.packages ?? []).map(({ sha256, ...rest }) => rest);
    expect(rebuilt({ packages })).toEqual([]);
  });

  test('another image is told, also one under the same name', () => {
    const image = { kind: 'image', name: 'build:3.11' } as const;
    expect(rebuilt({ base: { ...image, digest: 'sha256:two' } })).toEqual([
      { kind: 'image', name: 'build:3.11', from: 'sha256:one', to: 'sha256:two' },
    ]);
    expect(rebuilt({ base: { ...image, name: 'mine' } })).toEqual([
      { kind: 'image', from: 'build:3.11', to: 'mine' },
    ]);
    // Nobody could say which one it is.
    expect(rebuilt({ base: image })).toEqual([]);
  });

  test("a user's own Dockerfile is told, and the images it starts from", () => {
    const base = {
      kind: 'dockerfile',
      path: 'Dockerfile',
      content: 'd1',
      images: [{ name: 'debian', digest: 'sha256:one' }],
    } as const satisfies Artifact['base'];
    const now = { ...base, content: 'd2', images: [{ name: 'debian', digest: 'sha256:two' }] };
    const own = { ...before, base: { ...base, images: [...base.images] } };
    expect(changesBetween(own, { ...before, base: now })).toEqual([
      { kind: 'file', path: 'Dockerfile', change: 'changed' },
      { kind: 'image', name: 'debian', from: 'sha256:one', to: 'sha256:two' },
    ]);
    expect(changesBetween(before, own)).toEqual([
      { kind: 'image', from: 'build:3.11', to: 'Dockerfile' },
    ]);
  });

  test('OS packages, options, the runtime image, pkgr and carried libraries are told', () => {
    expect(changed({ osPackages: ['gcc'] })).toEqual([
      { kind: 'os-package', name: 'gcc', change: 'added' },
      { kind: 'os-package', name: 'libpq-dev', change: 'removed' },
    ]);
    expect(changed({ engine: 'host', options: { runtime: 'python3.12' } })).toEqual([
      { kind: 'option', name: 'engine', from: 'docker', to: 'host' },
      { kind: 'option', name: 'prune', from: '**/tests' },
      { kind: 'option', name: 'runtime', from: 'python3.11', to: 'python3.12' },
    ]);
    expect(changed({ runtimeImage: { name: 'like' } })).toEqual([{ kind: 'image', to: 'like' }]);
    expect(changed({ pkgr: '1.1.0', programs: 'p2' })).toEqual([
      { kind: 'pkgr', from: '1.0.0', to: '1.1.0' },
    ]);
    expect(changed({ programs: 'p2' })).toEqual([{ kind: 'pkgr', from: '1.0.0', to: '1.0.0' }]);
    const libraries = [{ name: 'lib/libpq.so.5', package: 'libpq5', version: '15.5' }];
    expect(rebuilt({ libraries })).toEqual([
      { kind: 'library', name: 'libpq5', from: '15.3', to: '15.5' },
    ]);
  });

  test('what is recorded of only one of them is not compared', () => {
    const { base, inputs: _, ...rest } = before;
    expect(changesBetween(rest, before)).toEqual([]);
    expect(changesBetween(before, rest)).toEqual([]);
  });
});
