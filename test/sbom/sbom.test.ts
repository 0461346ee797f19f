import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { describe, expect, test } from 'vitest';
import type { InstalledPackage } from '../../src/inspect/index.js';
import { type ListedUnit, sbomJson } from '../../src/sbom/index.js';
import { newProject, writeFiles } from '../build/project.js';
import { pkgr } from '../build/run.js';
import { wheel } from '../host/python-packages.js';

const sha256 = 'ab'.repeat(32);

function installed(name: string, more: Partial<InstalledPackage> = {}): InstalledPackage {
  return {
    name,
    key: name.toLowerCase(),
    version: '1.0',
    metadataFolder: `${name}-1.0.dist-info`,
    entries: [],
    replaced: [],
    requires: [],
    extras: [],
    tags: [],
    requested: false,
    licence: { classifiers: [], files: [] },
    ...more,
  };
}

const hello: ListedUnit = {
  kind: 'function',
  name: 'hello',
  sha256,
  runtime: 'python3.12',
  architecture: 'arm64',
  packages: [
    installed('Web', {
      version: '2.0+local',
      requires: ['core>=1 ; python_version > "3"', 'absent', 'web[x]'],
      licence: { expression: 'MIT OR Apache-2.0', classifiers: [], files: [] },
      summary: 'Webs',
      homePage: 'https://example.com/web',
      author: 'Somebody',
    }),
    installed('core', { licence: { text: 'MIT', classifiers: [], files: [] } }),
    installed('mine'),
  ],
  resolved: [
    {
      name: 'web',
      version: '2.0+local',
      requested: true,
      archive: 'web.whl',
      sha256: 'cd'.repeat(32),
    },
    { name: 'core', version: '1.0', url: 'https://example.com/core.git', commit: 'abc' },
    { name: 'mine', version: '1.0', requested: true, path: 'libs/mine' },
  ],
  libraries: [
    { name: 'lib/libpq.so.5', package: 'libpq5', version: '15.3-0+deb12u1', system: 'deb/debian' },
    { name: 'lib/libother.so', package: 'libpq5', version: '15.3-0+deb12u1', system: 'deb/debian' },
    { name: 'lib/own.so', path: '/opt/own.so' },
  ],
};
const layer: ListedUnit = { kind: 'layer', name: 'shared', sha256, packages: [installed('core')] };

const bomOf = (units: readonly ListedUnit[]) => {
  const text = sbomJson(units, { project: 'pkgr.yml', version: '1.0.0' });
  return { text, bom: JSON.parse(text) };
};

/** What is wrong by the schema of CycloneDX 1.6, read strictly. */
async function problemsOf(text: string): Promise<unknown> {
  return new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text);
}

describe('the bill of materials', () => {
  test('of one unit is about it, and valid', async () => {
    const { text, bom } = bomOf([hello]);
    expect(await problemsOf(text)).toBeNull();
    expect(bom.metadata.component).toMatchObject({
      'bom-ref': 'function:hello',
      hashes: [{ alg: 'SHA-256', content: sha256 }],
    });
    expect(new Set(bom.components.map(({ purl }: { purl?: string }) => purl))).toEqual(
      new Set([
        'pkg:pypi/core@1.0?vcs_url=git%2Bhttps:%2F%2Fexample.com%2Fcore.git%40abc',
        'pkg:deb/debian/libpq5@15.3-0%2Bdeb12u1?arch=arm64',
        undefined,
        'pkg:pypi/web@2.0%2Blocal',
      ]),
    );
  });

  test('tells who requires what: what was asked for is the unit’s, the rest is another package’s', () => {
    const { bom } = bomOf([hello]);
    const graph = Object.fromEntries(
      bom.dependencies.map(({ ref, dependsOn = [] }: { ref: string; dependsOn?: string[] }) => [
        ref.replace(/#.*/, ''),
        dependsOn.map((other) => other.replace(/#.*/, '')),
      ]),
    );
    expect(graph['function:hello']).toEqual([
      'os:deb/debian/libpq5@15.3-0+deb12u1',
      'os:image/own.so@',
      'pypi:mine@1.0',
      'pypi:web@2.0+local',
    ]);
    expect(graph['pypi:web@2.0+local']).toEqual(['pypi:core@1.0']);
  });

  test('of several units lists them, and what they share once', async () => {
    const { text, bom } = bomOf([hello, { ...hello, name: 'other' }, layer]);
    expect(await problemsOf(text)).toBeNull();
    expect(bom.metadata.component).toMatchObject({ name: 'pkgr.yml', 'bom-ref': 'project' });
    const refs = bom.components.map((component: { 'bom-ref': string }) => component['bom-ref']);
    expect(refs.filter((ref: string) => /^(function|layer):/.test(ref))).toEqual([
      'function:hello',
      'function:other',
      'layer:shared',
    ]);
    expect(new Set(refs).size).toBe(refs.length);
    expect(refs.filter((ref: string) => ref.startsWith('pypi:web'))).toHaveLength(1);
  });

  test('has no time and no serial number, and is the same each time', () => {
    expect(bomOf([hello]).text).toBe(bomOf([structuredClone(hello)]).text);
    const { bom } = bomOf([hello]);
    expect(bom).not.toHaveProperty('serialNumber');
    expect(bom.metadata).not.toHaveProperty('timestamp');
  });

  test.each<[string, InstalledPackage['licence'], object | undefined]>([
    [
      'an SPDX expression',
      { expression: 'MIT AND BSD-2-Clause', classifiers: [], files: [] },
      { expression: 'MIT AND BSD-2-Clause' },
    ],
    [
      'an expression of one licence',
      { expression: 'Apache-2.0', classifiers: [], files: [] },
      { license: { id: 'Apache-2.0' } },
    ],
    [
      'a field that is an identifier',
      { text: 'bsd-3-clause', classifiers: [], files: [] },
      { license: { id: 'BSD-3-Clause' } },
    ],
    [
      'a classifier, where the field tells less',
      { text: 'BSD', classifiers: ['License :: OSI Approved :: MIT License'], files: [] },
      { license: { id: 'MIT' } },
    ],
    [
      'a classifier that is several licences',
      { classifiers: ['License :: OSI Approved :: BSD License'], files: [] },
      { license: { name: 'BSD License' } },
    ],
    [
      'a field of its own words',
      { text: 'My own licence', classifiers: [], files: [] },
      { license: { name: 'My own licence' } },
    ],
    [
      'nothing, where the field is the licence itself',
      { text: 'Permission is\nhereby granted', classifiers: [], files: [] },
      undefined,
    ],
  ])('reads %s', async (_, licence, expected) => {
    const { text, bom } = bomOf([{ ...layer, packages: [installed('x', { licence })] }]);
    expect(await problemsOf(text)).toBeNull();
    const [found] = bom.components[0].licenses ?? [];
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  });

  test('is valid whatever metadata say', async () => {
    const evil = '"}]\u0000\n<script>\u202e../../é%?#@';
    const packages = [
      installed(evil, {
        version: evil,
        summary: evil,
        homePage: evil,
        author: evil,
        requires: [evil],
        licence: { expression: evil, text: evil, classifiers: [evil], files: [] },
      }),
    ];
    const { text } = bomOf([{ ...layer, packages }]);
    expect(await problemsOf(text)).toBeNull();
    expect(JSON.parse(text).components[0].name).toBe(evil);
  });
});

describe('pkgr sbom', () => {
  const manifest =
    'functions: {a: {runtime: python3.12, include: app.py}, b: {runtime: python3.12, include: app.py}}\n';

  test('lists the packages of a zip, on stdout or in a file', async () => {
    const zip = await wheel('demo', { 'demo.py': '' }, { version: '2.1' });
    const project = newProject({ 'pkgr.yml': manifest, 'app.py': '', 'dist/a.zip': zip });
    const { code, stdout } = await pkgr(project, ['sbom', 'a']);
    expect(code).toBe(0);
    expect(await problemsOf(stdout)).toBeNull();
    const bom = JSON.parse(stdout);
    expect(bom.metadata.component.hashes[0].content).toBe(
      createHash('sha256').update(zip).digest('hex'),
    );
    expect(bom.components[0]).toMatchObject({
      name: 'demo',
      version: '2.1',
      purl: 'pkg:pypi/demo@2.1',
    });
    expect(bom.components[0]).not.toHaveProperty('hashes');
    const told = await pkgr(project, ['sbom', 'a', '-o', 'out/bom.json']);
    expect(told).toMatchObject({ code: 0, stdout: 'out/bom.json' });
    expect(readFileSync(join(project, 'out/bom.json'), 'utf8')).toBe(`${stdout}\n`);
  });

  test('takes hashes of archives from artifacts.json, only for the zip that it tells of', async () => {
    const zip = await wheel('demo', { 'demo.py': '' }, { version: '2.1' });
    const hash = createHash('sha256').update(zip).digest('hex');
    const report = (sha: string) =>
      JSON.stringify({
        version: 1,
        units: [
          {
            kind: 'function',
            name: 'a',
            path: 'dist/a.zip',
            size: zip.length,
            sha256: sha,
            sourceCodeHash: '',
            unzippedSize: 1,
            dependencies: 'k',
          },
        ],
        dependencySets: { k: [{ name: 'demo', version: '2.1', sha256: 'cd'.repeat(32) }] },
      });
    const project = newProject({
      'pkgr.yml': manifest,
      'app.py': '',
      'dist/a.zip': zip,
      'dist/artifacts.json': report(hash),
    });
    const hashes = async () =>
      JSON.parse((await pkgr(project, ['sbom', 'a'])).stdout).components[0].hashes;
    expect(await hashes()).toEqual([{ alg: 'SHA-256', content: 'cd'.repeat(32) }]);
    writeFiles(project, { 'dist/artifacts.json': report(sha256) });
    expect(await hashes()).toBeUndefined();
  });

  test('says which zips are not built, and what is wrong with one that is none', async () => {
    const project = newProject({ 'pkgr.yml': manifest, 'app.py': '', 'dist/b.zip': 'no zip' });
    const missing = await pkgr(project, ['sbom', 'a']);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toContain('dist/a.zip of function "a" is not there');
    expect(missing.stderr).toContain('hint: run pkgr build first');
    const damaged = await pkgr(project, ['sbom', 'b']);
    expect(damaged).toMatchObject({ code: 2, stdout: '' });
    expect(damaged.stderr).toContain('dist/b.zip');
  });
});
