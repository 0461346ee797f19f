import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { receiveDigests } from '../../src/artifacts/index.js';
import { digestOf, newFolder } from './folders.js';
import { streamOf, tarOf } from './tar-of.js';

const file = (name: string, value: unknown) => ({ name, data: JSON.stringify(value) });
const receive = (
  entries: Parameters<typeof tarOf>[0],
  names: readonly string[],
  sets: readonly string[] = [],
  verified: readonly string[] = [],
) => receiveDigests(streamOf(tarOf(entries)), { units: names, sets, verified });

test('the digests are known by the units’ names', async () => {
  const [a, b] = [digestOf('a'), digestOf('b')];
  const found = await receive([file('b.json', b), file('a.json', { ...a, more: 1 })], ['a', 'b']);
  expect(found.digests).toEqual(
    new Map([
      ['b', b],
      ['a', a],
    ]),
  );
});

const right = digestOf('x');
test.each<[string, unknown]>([
  ['no JSON', undefined],
  ['null', null],
  ['a list', [right]],
  ['a short hash', { ...right, sha256: 'abc' }],
  ['a hash in capitals', { ...right, sha256: right.sha256.toUpperCase() }],
  ['a negative size', { ...right, size: -1 }],
  ['half a byte', { ...right, unzippedSize: 1.5 }],
  ['a count that is text', { ...right, entries: '1' }],
])('%s is no digest', async (_, value) => {
  const data = value === undefined ? '{' : JSON.stringify(value);
  await expect(receive([{ name: 'a.json', data }], ['a'])).rejects.toThrow(
    'a.json holds no digest',
  );
});

test('a missing, an unknown, a repeated and a long file are refused', async () => {
  const a = file('a.json', right);
  await expect(receive([a], ['a', 'b'])).rejects.toThrow('ended without "b.json"');
  await expect(receive([a, file('c.json', right)], ['a'])).rejects.toThrow(
    '"c.json" was not asked for',
  );
  await expect(receive([a, a], ['a'])).rejects.toThrow('"a.json" came twice');
  const long = { name: 'a.json', data: ' '.repeat(2 ** 20 + 1) };
  await expect(receive([long], ['a'])).rejects.toThrow('a.json is too long');
});

const packages = [
  { name: 'idna', version: '3.7', archive: 'idna-3.7-py3-none-any.whl', sha256: right.sha256 },
  { name: 'lib', version: '1', requested: true, path: 'lib' },
];

test('what is installed is known by the id of its set, next to a unit of the same name', async () => {
  const entries = [
    file('deps-1.resolved', { packages: packages.map((each) => ({ ...each, more: 1 })) }),
    file('deps-1.json', right),
  ];
  const found = await receive(entries, ['deps-1'], ['deps-1']);
  expect(found).toEqual({
    digests: new Map([['deps-1', right]]),
    packages: new Map([['deps-1', packages]]),
    verifications: new Map(),
    unwritten: new Map(),
  });
});

describe('zips that come with their digests', () => {
  const folder = (name: string) => ({ name, type: 'Directory' }) as const;
  const expected = (into: string, ...names: readonly string[]) => ({
    folder: 'digests/',
    units: names,
    sets: [],
    zips: names.map((name) => ({
      name,
      entry: `zips/${name}.zip`,
      path: join(into, `${name}.zip`),
      shown: `dist/${name}.zip`,
    })),
  });

  test('are written when they are as the engine has just said', async () => {
    const into = newFolder();
    const entries = [
      folder('digests/'),
      file('digests/a.json', digestOf('one')),
      file('digests/b.json', digestOf('two')),
      folder('zips/'),
      { name: 'zips/a.zip', data: 'one' },
      { name: 'zips/b.zip', data: 'other' },
    ];
    const found = await receiveDigests(streamOf(tarOf(entries)), expected(into, 'a', 'b'));
    expect([...found.digests.keys()]).toEqual(['a', 'b']);
    expect([...found.unwritten].map(([name, { code }]) => [name, code])).toEqual([
      ['b', 'digest-mismatch'],
    ]);
    expect(readdirSync(into)).toEqual(['a.zip']);
    expect(readFileSync(join(into, 'a.zip'), 'utf8')).toBe('one');
  });

  test('are refused before their digests, when one does not come, and in other folders', async () => {
    const into = newFolder();
    const digest = file('digests/a.json', digestOf('one'));
    const zip = { name: 'zips/a.zip', data: 'one' };
    const receiving = (...entries: Parameters<typeof tarOf>[0]) =>
      receiveDigests(streamOf(tarOf(entries)), expected(into, 'a'));
    await expect(receiving(zip, digest)).rejects.toThrow('zips/a.zip came before its digest');
    await expect(receiving(digest)).rejects.toThrow('ended without "zips/a.zip"');
    await expect(receiving(digest, folder('zips/b/'))).rejects.toThrow('zips/b/ is no file');
    expect(readdirSync(into)).toEqual([]);
  });
});

test('what is told of verified units is known by their names, and only what is understood is kept', async () => {
  const place = { file: '/var/task/app.py', line: 3, function: 'load', column: 1 };
  const told = {
    version: 1,
    python: '3.11.2',
    milliseconds: 12.5,
    problems: [
      {
        kind: 'missing-module',
        module: 'yaml',
        place,
        elsewhere: ['a', 1],
        standard: 'yes',
        new: 1,
      },
      { kind: 'of-tomorrow', during: 'later', message: 'so', type: 5 },
      null,
    ],
    network: ['a:1', {}],
    modules: { app: '', yaml: 'PyYAML', odd: 1 },
  };
  const found = await receive(
    [file('app.verified', told), file('app.json', right)],
    ['app'],
    [],
    ['app'],
  );
  const { column: _, ...rest } = place;
  expect(found.verifications.get('app')).toEqual({
    python: '3.11.2',
    milliseconds: 12.5,
    problems: [
      { kind: 'missing-module', during: 'import', module: 'yaml', place: rest, elsewhere: ['a'] },
      { kind: 'exception', during: 'later', message: 'so' },
      { kind: 'exception', during: 'import' },
    ],
    network: ['a:1'],
    output: [],
    modules: { app: '', yaml: 'PyYAML' },
  });
});

test.each<[string, unknown]>([
  ['a list', []],
  ['another version', { version: 2, problems: [] }],
  ['nothing of problems', { version: 1 }],
])('%s is no verification', async (_, value) => {
  await expect(receive([file('a.verified', value)], [], [], ['a'])).rejects.toThrow(
    'a.verified holds no digest',
  );
});

test.each<[string, unknown]>([
  ['a list', packages],
  ['a package without a version', { packages: [{ name: 'idna' }] }],
  ['a hash that is none', { packages: [{ name: 'idna', version: '3.7', sha256: 'abc' }] }],
])('%s does not tell what is installed', async (_, value) => {
  await expect(receive([file('deps-1.resolved', value)], [], ['deps-1'])).rejects.toThrow(
    'deps-1.resolved holds no digest',
  );
});
