import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ExpectedZip, receiveDigests, receiveZips } from '../../src/artifacts/index.js';
import { digestOf, newFolder } from './folders.js';
import { type Entry, streamOf, tarOf } from './tar-of.js';

type Bytes = Uint8Array | string;
type Piece = readonly [number, number];

const packages = 'shared/packages-1.zip';
const zip = (folder: string, name: string, whole: Bytes): ExpectedZip => ({
  name,
  entry: `zips/${name}.zip.rest`,
  shared: packages,
  path: join(folder, 'dist', `${name}.zip`),
  shown: `dist/${name}.zip`,
  digest: digestOf(whole),
});
const shared = (data: Bytes): Entry => ({ name: packages, data });
const rest = (name: string, pieces: unknown, own: Bytes): Entry => ({
  name: `zips/${name}.zip.rest`,
  data: Buffer.concat([Buffer.from(`${JSON.stringify(pieces)}\n`), Buffer.from(own)]),
});
const receive = (entries: readonly Entry[], expected: readonly ExpectedZip[], chunk?: number) =>
  receiveZips(streamOf(tarOf(entries), chunk), expected);
const written = (folder: string, name: string) => readFileSync(join(folder, 'dist', `${name}.zip`));

test('zips are put together from what they share and what each has besides', async () => {
  const folder = newFolder();
  const entries = [
    shared('PACKAGES'),
    rest('a', [[-1, 2], [0, 8], [-1, 3]], '<<>>>'), // biome-ignore format: one piece after the other
    rest('b', [[4, 4], [0, 4]], ''), // biome-ignore format: one piece after the other
    rest('c', [[-1, 5]], 'alone'),
    rest('d', [], ''),
  ];
  const wholes = { a: '<<PACKAGES>>>', b: 'AGESPACK', c: 'alone', d: '' };
  const expected = Object.entries(wholes).map(([name, whole]) => zip(folder, name, whole));
  expect(await receive(entries, expected)).toEqual({
    written: ['a', 'b', 'c', 'd'],
    failed: new Map(),
  });
  for (const [name, whole] of Object.entries(wholes)) {
    expect(written(folder, name).toString()).toBe(whole);
  }
  expect(readdirSync(join(folder, 'dist'))).toEqual(['a.zip', 'b.zip', 'c.zip', 'd.zip']);
});

test('zips come so with their digests, too', async () => {
  const folder = newFolder();
  const { digest, ...come } = zip(folder, 'a', 'PACKAGES!');
  const entries = [
    { name: 'digests/a.json', data: JSON.stringify(digest) },
    shared('PACKAGES'),
    rest('a', [[0, 8], [-1, 1]], '!'), // biome-ignore format: one piece after the other
  ];
  const { unwritten } = await receiveDigests(streamOf(tarOf(entries)), {
    folder: 'digests/',
    units: ['a'],
    sets: [],
    zips: [come],
  });
  expect(unwritten).toEqual(new Map());
  expect(written(folder, 'a').toString()).toBe('PACKAGES!');
});

test('any pieces of large and small files, in chunks of any length', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 3000 }),
      fc.integer({ min: 1, max: 1200 }),
      fc.array(
        fc.oneof(
          fc.record({ own: fc.uint8Array({ maxLength: 3000 }) }),
          fc.record({ from: fc.nat(), length: fc.nat() }),
        ),
        { maxLength: 8 },
      ),
      fc.integer({ min: 1, max: 70_000 }),
      async (seed, times, parts, chunk) => {
        const common = Buffer.concat(Array(times).fill(seed));
        const pieces: Piece[] = [];
        const own: Uint8Array[] = [];
        const whole: Uint8Array[] = [];
        for (const part of parts) {
          if ('own' in part) {
            pieces.push([-1, part.own.length]);
            own.push(part.own);
            whole.push(part.own);
            continue;
          }
          const from = part.from % (common.length + 1);
          const length = part.length % (common.length - from + 1);
          pieces.push([from, length]);
          whole.push(common.subarray(from, from + length));
        }
        const folder = newFolder();
        const entries = [shared(common), rest('a', pieces, Buffer.concat(own))];
        const result = await receive(entries, [zip(folder, 'a', Buffer.concat(whole))], chunk);
        expect(result.written).toEqual(['a']);
        expect(written(folder, 'a').equals(Buffer.concat(whole))).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

test.each<[string, Entry, RegExp]>([
  ['no line', { name: 'zips/a.zip.rest', data: 'PACKAGES' }, /is no rest/],
  ['nothing', { name: 'zips/a.zip.rest', data: '' }, /is no rest/],
  ['no JSON', { name: 'zips/a.zip.rest', data: '[[0,\n' }, /is no rest/],
  ['an object', rest('a', { 0: [0, 8] }, ''), /is no rest/],
  ['half a piece', rest('a', [[0]], ''), /is no rest/],
  ['a negative length', rest('a', [[0, -8]], ''), /is no rest/],
  ['half a byte', rest('a', [[0, 0.5]], ''), /is no rest/],
  ['another negative offset', rest('a', [[-2, 8]], ''), /is no rest/],
  ['an offset behind the end', rest('a', [[9, 0]], ''), /is no rest/],
  ['a length beyond the end', rest('a', [[1, 8]], ''), /is no rest/],
  ['less than it says', rest('a', [[-1, 4]], 'abc'), /ends too early/],
  ['more than it says', rest('a', [[-1, 2]], 'abc'), /is longer than it says/],
])('%s is no rest, and the earlier zip stays', async (_, entry, message) => {
  const folder = newFolder();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist/a.zip'), 'old');
  const expected = [zip(folder, 'a', 'PACKAGES')];
  await expect(receive([shared('PACKAGES'), entry], expected)).rejects.toThrow(message);
  expect(readdirSync(join(folder, 'dist'))).toEqual(['a.zip']);
  expect(written(folder, 'a').toString()).toBe('old');
});

test('a rest before what it shares is refused, and what is shared cannot be left out', async () => {
  const folder = newFolder();
  const expected = [zip(folder, 'a', 'PACKAGES')];
  const own = rest('a', [[0, 8]], '');
  await expect(receive([own, shared('PACKAGES')], expected)).rejects.toThrow(
    `zips/a.zip.rest came before ${packages}`,
  );
  await expect(receive([own], expected)).rejects.toThrow(/came before/);
  expect(readdirSync(folder)).toEqual([]);
});

test('a zip that comes out otherwise than its digest says is not taken, others are', async () => {
  const folder = newFolder();
  const expected = [zip(folder, 'a', 'PACKAGES'), zip(folder, 'b', 'PACK')];
  const entries = [shared('PACKAGES'), rest('a', [[0, 7]], ''), rest('b', [[0, 4]], '')];
  const { written: names, failed } = await receive(entries, expected);
  expect(names).toEqual(['b']);
  expect([...failed.values()]).toMatchObject([{ code: 'digest-mismatch' }]);
  expect(readdirSync(join(folder, 'dist'))).toEqual(['b.zip']);
});

test('where what is shared cannot be kept, each zip says why, and whole ones are written', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'dist'), '');
  const whole: ExpectedZip = {
    name: 'c',
    path: join(folder, 'other/c.zip'),
    shown: 'other/c.zip',
    digest: digestOf('whole'),
  };
  const { written: names, failed } = await receive(
    [
      shared('PACKAGES'),
      rest('a', [[0, 8]], ''),
      rest('b', [[0, 4]], ''),
      { name: 'c.zip', data: 'whole' },
    ],
    [zip(folder, 'a', 'PACKAGES'), zip(folder, 'b', 'PACK'), whole],
  );
  expect(names).toEqual(['c']);
  expect([...failed.values()].map(({ message }) => message)).toEqual(
    ['a', 'b'].map((name) => `dist/${name}.zip could not be written: a part of its path is a file`),
  );
});
