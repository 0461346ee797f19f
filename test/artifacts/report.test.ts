import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Artifact,
  artifactOf,
  mergeReport,
  printReport,
  readReport,
  stillThere,
  writeReport,
} from '../../src/artifacts/index.js';
import { digestOf, newFolder } from './folders.js';

const unit = (name: string, kind: Artifact['kind'] = 'function', data = name): Artifact =>
  artifactOf({ kind, name, path: `dist/${name}.zip` }, digestOf(data));

describe('artifacts.json', () => {
  test('tells of each unit what a deployment needs, by name', () => {
    const report = mergeReport([unit('b'), unit('B'), unit('a', 'layer')], []);
    expect(report.units.map(({ name }) => name)).toEqual(['B', 'a', 'b']);
    expect(printReport({ ...report, units: report.units.slice(1, 2) })).toBe(`{
  "version": 1,
  "units": [
    {
      "kind": "layer",
      "name": "a",
      "path": "dist/a.zip",
      "size": 1,
      "sha256": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
      "sourceCodeHash": "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=",
      "unzippedSize": 7
    }
  ]
}
`);
  });

  test('is the same whatever the order in which units were built', () => {
    const units = [unit('a'), unit('b'), unit('a', 'layer')];
    expect(printReport(mergeReport(units, []))).toBe(printReport(mergeReport(units.reverse(), [])));
  });

  test('takes what was built now in place of what was there before', () => {
    const report = mergeReport([unit('a', 'function', 'new')], [unit('a'), unit('b')]);
    expect(report.units).toEqual([unit('a', 'function', 'new'), unit('b')]);
  });

  test('is written only when its bytes change, and read back as it was', async () => {
    const path = join(newFolder(), 'dist', 'artifacts.json');
    const report = mergeReport([unit('a')], []);
    expect(await writeReport(path, report)).toBe('written');
    const { ino, mtimeMs } = statSync(path);
    expect(await writeReport(path, report)).toBe('unchanged');
    expect(statSync(path)).toMatchObject({ ino, mtimeMs });
    expect(await readReport(path)).toEqual(report);
    expect(await writeReport(path, mergeReport([unit('b')], []))).toBe('written');
    expect(readFileSync(path, 'utf8')).toContain('"b"');
    expect(readdirSync(join(path, '..'))).toEqual(['artifacts.json']);
  });

  test.each([
    ['text', 'hello'],
    ['another version', '{"version": 2, "units": []}'],
    ['no list', '{"version": 1, "units": {}}'],
    ['a strange unit', JSON.stringify({ version: 1, units: [{ ...unit('a'), sha256: 'x' }] })],
    ['a unit without a name', JSON.stringify({ version: 1, units: [{ ...unit('a'), name: 1 }] })],
  ])('that holds %s is as if it were not there', async (_, text) => {
    const path = join(newFolder(), 'artifacts.json');
    writeFileSync(path, text);
    expect(await readReport(path)).toBeUndefined();
  });

  test('that is not there or is a folder is no error', async () => {
    const folder = newFolder();
    expect(await readReport(join(folder, 'artifacts.json'))).toBeUndefined();
    expect(await readReport(folder)).toBeUndefined();
  });

  test('keeps a unit that was not built now as long as it is declared and its zip is there', async () => {
    const root = newFolder();
    mkdirSync(join(root, 'dist'));
    const names = ['kept', 'gone', 'resized', 'dropped', 'moved', 'turned'];
    const earlier = mergeReport(
      names.map((name) => unit(name)),
      [],
    );
    for (const name of names) writeFileSync(join(root, `dist/${name}.zip`), name);
    writeFileSync(join(root, 'dist/resized.zip'), 'another size');
    const declared = [
      unit('kept'),
      { ...unit('gone'), path: 'dist/nothing-here.zip' },
      unit('resized'),
      { ...unit('moved'), path: 'out/moved.zip' },
      unit('turned', 'layer'),
    ];
    const kept = await stillThere(earlier, declared, (path) => join(root, path));
    expect(kept.map(({ name }) => name)).toEqual(['kept']);
    expect(await stillThere(undefined, declared, (path) => path)).toEqual([]);
  });
});

describe('what pip installed', () => {
  const [one, other] = ['1', '2'].map((version) => [
    { name: 'idna', version, requested: true as const },
  ]);
  const withPackages = (name: string, packages = one): Artifact => ({
    ...unit(name),
    ...(packages && { packages }),
  });

  test('is written once for all units that share it, and read back for each', async () => {
    const path = join(newFolder(), 'artifacts.json');
    const report = mergeReport(
      [
        withPackages('a'),
        withPackages('b', other),
        withPackages('c', structuredClone(one)),
        unit('d'),
      ],
      [],
    );
    await writeReport(path, report);
    const file = JSON.parse(readFileSync(path, 'utf8'));
    const [a, b, c, d] = file.units.map(
      ({ dependencies }: { dependencies: string }) => dependencies,
    );
    expect([a === b, a === c, d]).toEqual([false, true, undefined]);
    expect(file.dependencySets).toEqual({ [a]: one, [b]: other });
    expect(await readReport(path)).toEqual(report);
  });

  test('stays under its key as long as a unit has it, whatever is built beside', () => {
    const keys = (units: readonly Artifact[]) =>
      Object.keys(JSON.parse(printReport(mergeReport(units, []))).dependencySets ?? {});
    const [key] = keys([withPackages('a')]);
    expect(keys([withPackages('z'), withPackages('y', other)])).toContain(key);
    expect(keys([withPackages('y', other)])).not.toContain(key);
    expect(keys([unit('d')])).toEqual([]);
  });

  test('is nothing when the file names a key that it does not have', async () => {
    const path = join(newFolder(), 'artifacts.json');
    const units = ['toString', 'nowhere'].map((key) => ({ ...unit(key), dependencies: key }));
    writeFileSync(path, JSON.stringify({ version: 1, units, dependencySets: {} }));
    expect(await readReport(path)).toEqual({
      version: 1,
      units: [unit('toString'), unit('nowhere')],
    });
  });
});

test('a file of the first pkgr, with fewer fields, is read; fields of a later one are passed over', async () => {
  const path = join(newFolder(), 'artifacts.json');
  writeFileSync(
    path,
    JSON.stringify({ version: 1, units: [{ ...unit('a'), future: 1 }], more: 1 }),
  );
  expect(await readReport(path)).toEqual({ version: 1, units: [unit('a')] });
});

test('a unit that is kept from an earlier report is printed as when it was built', async () => {
  const path = join(newFolder(), 'artifacts.json');
  const built: Artifact = {
    ...unit('a'),
    runtime: 'python3.11',
    layers: [{ name: 'l', kind: 'unit' }],
    base: { digest: 'sha256:x', kind: 'image', name: 'build' },
    packages: [{ version: '1', name: 'idna', sha256: 'a'.repeat(64) }],
    libraries: [{ package: 'libpq5', name: 'lib/libpq.so.5' }],
    inputs: {
      code: [
        {
          to: '',
          from: 'app',
          kind: 'contents',
          content: 'c',
          entries: { 'z.py': '1', 'a.py': '2' },
        },
      ],
      requirements: { files: [{ content: 'r', path: 'r.txt' }], lines: { 'r.txt': ['idna'] } },
      options: { runtime: 'python3.11' },
      engine: 'docker',
      programs: 'p',
      pkgr: '1.0.0',
    },
  };
  await writeReport(path, mergeReport([built], []));
  const read = await readReport(path);
  expect(read?.units).toEqual([built]);
  expect(printReport(mergeReport([], read?.units ?? []))).toBe(readFileSync(path, 'utf8'));
  expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')).folders)).toEqual(['c']);
});

test('what a later pkgr writes otherwise costs only what this one does not understand', async () => {
  const path = join(newFolder(), 'artifacts.json');
  const units = [{ ...unit('a'), base: { kind: 'firmware', version: 7 } }];
  writeFileSync(path, JSON.stringify({ version: 1, units }));
  expect(await readReport(path)).toEqual({ version: 1, units: [unit('a')] });
});
