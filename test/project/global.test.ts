import { describe, expect, it } from 'vitest';
import { files, projectOf } from './sample-project.js';

describe('what is global', () => {
  const manifest = `
global:
  runtime: python3.12
  image: example.com/team/build:1
  architecture: arm64
  packages: [gcc]
  requirements: base.txt
  include: common/
  exclude: ["**/tests"]
  libs: [/usr/lib/liba.so]
  bins: [/usr/bin/a]
  pipconf: pip.conf
  buildEnvironment: {CFLAGS: -O1, LDFLAGS: -s}
  audit: {near-limit: ignore, case-clash: error}
functions:
  plain: {}
  own:
    runtime: python3.13
    dockerfile: images/Dockerfile
    architecture: x86_64
    packages: {yum: [make], apk: [musl-dev]}
    requirements: [own.txt, "idna==3.7"]
    include: a
    exclude: ["!a/tests"]
    libs: [/usr/lib/libb.so]
    bins: [/usr/bin/b]
    pipconf: own.conf
    buildEnvironment: {CFLAGS: -O2}
    audit: {case-clash: notice, secret-file: error}
    handler: app.handler
layers:
  shared:
    packages: [gcc, make]
    requirements: own.txt
output: build/zips
`;
  const pick = async (name: string) => {
    const { units } = await projectOf(manifest, files);
    const unit = units.find((candidate) => candidate.name === name);
    return JSON.parse(
      JSON.stringify(unit, (key, value) => (['at', 'places'].includes(key) ? undefined : value)),
    );
  };

  it('holds for a function that says nothing', async () => {
    expect(await pick('plain')).toEqual({
      kind: 'function',
      name: 'plain',
      runtime: 'python3.12',
      architecture: 'arm64',
      base: { kind: 'image', name: 'example.com/team/build:1' },
      packages: { any: ['gcc'], byManager: {} },
      requirements: {
        sources: [{ kind: 'file', path: 'base.txt' }],
        inputs: [{ kind: 'file', path: 'base.txt' }],
        usesSsh: false,
      },
      include: [{ kind: 'contents', from: 'common', to: '' }],
      exclude: ['**/tests'],
      excludeInZip: [],
      prune: [],
      libs: [{ value: '/usr/lib/liba.so' }],
      bins: [{ value: '/usr/bin/a' }],
      buildEnvironment: { CFLAGS: '-O1', LDFLAGS: '-s' },
      pipconf: { value: 'pip.conf' },
      layers: [],
      audit: { 'near-limit': 'ignore', 'case-clash': 'error' },
      secretEnvironment: [],
      offersSsh: false,
      installsSeparately: false,
      packagesOverCode: false,
      hasSmallCode: true,
      key: 'plain',
      verify: { mode: 'imports', environment: {} },
      bytecode: 'hash',
      installer: 'uv',
      zip: 'build/zips/plain.zip',
    });
  });

  it("is replaced by a function's own single values and precedes its own lists", async () => {
    expect(await pick('own')).toEqual({
      kind: 'function',
      name: 'own',
      runtime: 'python3.13',
      architecture: 'x86_64',
      base: { kind: 'dockerfile', path: 'images/Dockerfile', text: 'FROM scratch' },
      packages: { any: ['gcc'], byManager: { yum: ['make'], apk: ['musl-dev'] } },
      requirements: {
        sources: [
          { kind: 'file', path: 'base.txt' },
          { kind: 'file', path: 'own.txt' },
          { kind: 'line', text: 'idna==3.7' },
        ],
        inputs: [
          { kind: 'file', path: 'base.txt' },
          { kind: 'file', path: 'own.txt' },
        ],
        usesSsh: false,
      },
      include: [
        { kind: 'contents', from: 'common', to: '' },
        { kind: 'directory', from: 'a', to: 'a' },
      ],
      exclude: ['**/tests', '!a/tests'],
      excludeInZip: [],
      prune: [],
      libs: [{ value: '/usr/lib/liba.so' }, { value: '/usr/lib/libb.so' }],
      bins: [{ value: '/usr/bin/a' }, { value: '/usr/bin/b' }],
      buildEnvironment: { CFLAGS: '-O2', LDFLAGS: '-s' },
      pipconf: { value: 'own.conf' },
      handler: { value: 'app.handler' },
      layers: [],
      audit: { 'near-limit': 'ignore', 'case-clash': 'notice', 'secret-file': 'error' },
      secretEnvironment: [],
      offersSsh: false,
      installsSeparately: false,
      packagesOverCode: false,
      hasSmallCode: true,
      key: 'own',
      verify: { mode: 'imports', environment: {} },
      bytecode: 'hash',
      installer: 'uv',
      zip: 'build/zips/own.zip',
    });
  });

  it('gives a layer neither requirements nor code', async () => {
    expect(await pick('shared')).toMatchObject({
      kind: 'layer',
      runtime: 'python3.12',
      packages: { any: ['gcc', 'make'], byManager: {} },
      requirements: { sources: [{ kind: 'file', path: 'own.txt' }] },
      include: [],
      exclude: ['**/tests'],
      excludeInZip: [],
      prune: [],
      libs: [{ value: '/usr/lib/liba.so' }],
    });
  });

  it('is where a value is said to be', async () => {
    const { units } = await projectOf(manifest, files);
    expect(units[0]?.base).toMatchObject({ at: { line: 4, column: 10 } });
    expect(units[0]?.packages.at).toEqual({ file: 'pkgr.yml', line: 6, column: 14 });
    expect(units[1]?.packages.at).toEqual({ file: 'pkgr.yml', line: 6, column: 14 });
  });
});

describe('a manifest with anchors', () => {
  it('shares settings between units through merge keys, and keeps them under x- keys', async () => {
    const { units } = await projectOf(
      `
x-science: &science
  runtime: python3.12
  include: &code [common/]
  packages: [gcc]
functions:
  one: {<<: *science, handler: helpers.one}
  two:
    <<: *science
    runtime: python3.13
    packages: []
layers:
  three: {runtime: python3.13, include: *code}
`,
      files,
    );
    expect(
      units.map(({ name, runtime, packages, include }) => [
        name,
        runtime,
        packages.any.join(),
        include.map(({ to, at }) => `${to}@${at.line}:${at.column}`).join(),
      ]),
    ).toEqual([
      ['one', 'python3.12', 'gcc', '@4:19'],
      ['two', 'python3.13', '', '@4:19'],
      ['three', 'python3.13', '', 'python@4:19'],
    ]);
  });
});
