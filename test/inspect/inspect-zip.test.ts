import { describe, expect, test } from 'vitest';
import type { InspectedZip } from '../../src/inspect/index.js';
import { inspectTogether } from '../../src/inspect/index.js';
import { zipBytes } from '../zip/make-zip.js';
import { inspected, installed } from './installed.js';

/** Groups as `kind name`, the largest first. */
function groups({ groups }: InspectedZip) {
  return groups.map(({ kind, name }) => `${kind} ${name}`);
}

describe('a zip is parted', () => {
  const text = 'x'.repeat(100);
  const entries = [
    ...installed({ six: {} }),
    { name: 'app.py', content: text },
    { name: 'lib/libxml2.so.2', content: text.repeat(5) },
    { name: 'lib/libxml2.so.2.9', content: text },
    { name: 'bin/tool', content: text.repeat(4) },
    { name: 'pruned/a.py', content: text.repeat(3) },
    { name: 'pruned/b.py', content: text },
  ];

  test('among packages, first-party code, libraries and what no metadata tell of', () => {
    expect(groups(inspected(entries, { lines: ['six'], own: ['app.py'] }))).toEqual([
      'package six',
      'library libxml2.so',
      'library bin/tool',
      'unlisted pruned',
      'first-party first-party code',
    ]);
  });

  test('without a project by what the zip says alone', () => {
    expect(groups(inspected(entries))).toEqual([
      'package six',
      'first-party code of no package',
      'library libxml2.so',
    ]);
  });

  test('every byte is somebody’s, but for the record at the end', () => {
    const zip = inspected(entries);
    const total = (size: 'unzipped' | 'zipped' | 'share' | 'files') =>
      zip.groups.reduce((sum, group) => sum + group[size], 0);
    expect(total('unzipped')).toBe(zip.unzipped);
    expect(total('files')).toBe(zip.files);
    expect(total('share')).toBeCloseTo(1);
    expect(total('zipped') + 22).toBe(zipBytes(entries).length);
    expect(zip.zipped).toBe(zipBytes(entries).length);
  });

  test('a file of the user’s own that was laid over a package’s is first-party', () => {
    const over = installed({ six: { files: { 'six.py': 'theirs', 'b.py': 'theirs' } } }).map(
      (entry) => (entry.name === 'six.py' ? { ...entry, content: 'mine' } : entry),
    );
    const zip = inspected(over, { lines: ['six'], own: ['six.py', 'b.py'] });
    const own = zip.groups.find(({ kind }) => kind === 'first-party');
    expect(own?.entries.map(({ path }) => path)).toEqual(['six.py']);
  });

  test('bytecode of the user’s code is first-party, with its source and without', () => {
    const bytecode = [
      '__pycache__/app.cpython-312.pyc',
      'a/__pycache__/b.cpython-312.pyc',
      'a/c.pyc',
    ];
    const zip = inspected(
      bytecode.map((name) => ({ name, content: text })),
      { lines: [], own: ['app.py', 'a/b.py', 'a/c.py'] },
    );
    expect(groups(zip)).toEqual(['first-party first-party code']);
  });

  test('a layer’s pruned packages are called as they are imported', () => {
    const layer = [
      { name: 'python/numpy/a.py', content: text.repeat(3) },
      { name: 'python/lib/python3.12/site-packages/six.py', content: text },
    ];
    const zip = inspected(layer, { kind: 'layer', lines: ['numpy'] });
    expect(groups(zip)).toEqual(['unlisted numpy', 'unlisted six.py']);
  });
});

test('a bare zip tells its runtime by its wheels', () => {
  const wheel = (tag: string) => [
    ...installed({ a: { requires: ['b ; python_version < "3.12"', 'c'] }, b: {}, c: {} }),
    { name: 'a-1.0.dist-info/WHEEL', content: `Wheel-Version: 1.0\nTag: ${tag}\n` },
  ];
  const zip = inspected(wheel('cp312-cp312-manylinux_2_17_aarch64'), { kind: 'zip' });
  expect(zip).toMatchObject({ runtime: 'python3.12', architecture: 'arm64' });
  expect(zip.groups.find(({ name }) => name === 'c')?.why).toEqual([{ path: ['a', 'c'] }]);
  expect(zip.groups.find(({ name }) => name === 'b')?.why).toEqual([{ path: ['b'] }]);
  const stable = inspected(wheel('cp38-abi3-manylinux_2_17_x86_64'), { kind: 'zip' });
  expect(stable.runtime).toBeUndefined();
  expect(stable.architecture).toBe('x86_64');
});

describe('what the runtime has', () => {
  const sdk = {
    boto3: { requires: ['botocore', 's3transfer'] },
    botocore: { requires: ['urllib3', 'python-dateutil'] },
    s3transfer: { requires: ['botocore'] },
    urllib3: {},
    'python-dateutil': { requires: ['six'] },
    six: {},
  };

  test('is flagged, and what would go with the user’s line is summed up', () => {
    const zip = inspected(installed({ ...sdk, requests: { requires: ['urllib3'] } }), {
      lines: ['boto3==1', 'requests'],
    });
    const flagged = zip.groups.filter(({ inRuntime }) => inRuntime).map(({ name }) => name);
    expect(flagged.sort()).toEqual(Object.keys(sdk).sort());
    const spared = zip.spare?.packages.map(({ name }) => name).sort();
    expect(spared).toEqual(['boto3', 'botocore', 'python-dateutil', 's3transfer', 'six']);
    expect(zip.spare?.lines.map(({ line }) => line?.text)).toEqual(['boto3==1']);
    const sum = zip.spare?.packages.reduce((bytes, { unzipped }) => bytes + unzipped, 0);
    expect(zip.spare?.unzipped).toBe(sum);
  });

  test('cannot be left out where another package asks for it', () => {
    const tools = { tools: { requires: ['boto3'] }, ...sdk };
    expect(inspected(installed(tools), { lines: ['tools'] }).spare).toBeUndefined();
    expect(inspected(installed(tools), { lines: ['tools', 'boto3'] }).spare).toBeUndefined();
    expect(inspected(installed({ six: {} }), { lines: ['six'] }).spare).toBeUndefined();
  });
});

describe('what zips share', () => {
  const packages = installed({ big: { requires: ['small'] }, small: {} });
  const unit = (name: string, more: Parameters<typeof inspected>[1] = {}) => ({
    name,
    path: `dist/${name}.zip`,
    lines: ['big'],
    ...more,
  });

  test('a layer could hold once: the bytes of all copies but one, and the requirements', () => {
    const units = ['a', 'b', 'c'].map((name) => inspected(packages, unit(name)));
    const { shared } = inspectTogether([...units, inspected(installed({ other: {} }), unit('d'))]);
    expect(shared).toHaveLength(1);
    const [first] = shared;
    expect(first).toMatchObject({
      kind: 'layer',
      units: ['a', 'b', 'c'],
      requirements: ['big==1.0'],
    });
    expect(first?.groups.map(({ name }) => name).sort()).toEqual(['big', 'small']);
    expect(first?.saves).toEqual({
      unzipped: 2 * (first?.unzipped ?? 0),
      zipped: 2 * (first?.zipped ?? 0),
    });
    expect(first?.unzipped).toBe(units[0]?.unzipped);
  });

  test('another version, or other bytes under the same version, are not the same', () => {
    const other = installed({ big: { version: '1.1' }, small: { files: { 'small.py': 'y' } } });
    const units = [inspected(packages, unit('a')), inspected(other, unit('b'))];
    expect(inspectTogether(units).shared).toEqual([]);
  });

  test('a function’s layer has already: the function’s copy could go', () => {
    const below = installed({ big: { requires: ['small'] }, small: {} }, 'python/');
    const layer = inspected(below, { ...unit('common'), kind: 'layer' });
    const user = inspected(packages, { ...unit('a'), layers: ['common'] });
    const { shared } = inspectTogether([user, layer, inspected(packages, unit('b'))]);
    expect(shared.map(({ kind, units }) => [kind, units])).toEqual([['twice', ['a', 'common']]]);
    expect(shared[0]?.saves.unzipped).toBe(user.unzipped);
  });

  test('layers that hold the same are not told to use a layer', () => {
    const layers = ['a', 'b'].map((name) => inspected(packages, { ...unit(name), kind: 'layer' }));
    expect(inspectTogether(layers).shared).toEqual([]);
  });
});
