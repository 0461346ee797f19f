import { describe, expect, test } from 'vitest';
import { codesOf, fn, layer, layers, toldOf } from './zips.js';

const MB = 1024 * 1024;
const arn = (name: string) => `arn:aws:lambda:eu-central-1:123456789012:layer:${name}:1`;

describe('the zipped size', () => {
  test('is an error above 50 MB and a warning from 80 % of it', () => {
    const codes = (size: number) => codesOf('a', [fn('a', { size })]);
    expect(codes(50 * MB + 1)).toEqual(['error zip-too-large']);
    expect(codes(50 * MB)).toEqual(['warning near-limit']);
    expect(codes(40 * MB)).toEqual(['warning near-limit']);
    expect(codes(40 * MB - 1)).toEqual([]);
  });

  test('is nothing to who ignores it, as who uploads through S3, near the limit neither', () => {
    const audit = { 'zip-too-large': 'ignore' } as const;
    const codes = (size: number) => codesOf('a', [fn('a', { size }, { audit })]);
    expect(codes(50 * MB + 1)).toEqual([]);
    expect(codes(50 * MB)).toEqual([]);
  });

  test('is told with what to do', () => {
    const zips = [fn('large', { size: 60_000_001 }), layer('near', { size: 50_000_000 })];
    expect(toldOf(zips)).toMatchInlineSnapshot(`
      "pkgr.yml:7:3: error: function "large" is 60,000,001 bytes zipped, more than the 52,428,800 bytes (50 MB) that Lambda takes when it is uploaded directly [zip-too-large]
        hint: upload it through S3 and write audit: {zip-too-large: ignore}, or make it smaller: prune, exclude, or move packages to a layer
      pkgr.yml:7:3: warning: layer "near" is 50,000,000 bytes zipped, 95 % of the 52,428,800 bytes (50 MB) that Lambda takes when it is uploaded directly [near-limit]
        hint: prune, exclude, or move packages to a layer before it grows, or upload it through S3"
    `);
  });
});

describe('the unzipped size', () => {
  test('is an error above 262,144,000 bytes and a warning from 80 % of it', () => {
    const codes = (unzippedSize: number) => codesOf('a', [fn('a', { unzippedSize })]);
    expect(codes(262_144_001)).toEqual(['error unzipped-too-large']);
    expect(codes(262_144_000)).toEqual(['warning near-limit']);
    expect(codes(209_715_200)).toEqual(['warning near-limit']);
    expect(codes(209_715_199)).toEqual([]);
  });

  test('is that of a function and its layers together', () => {
    const zips = [
      fn('a', { unzippedSize: 100_000_000 }, layers('one', 'two', arn('three'), 'four')),
      layer('one', { unzippedSize: 100_000_000 }),
      layer('two', { unzippedSize: 70_000_000 }),
    ];
    expect(toldOf(zips)).toMatchInlineSnapshot(`
      "pkgr.yml:7:3: error: function "a" is 270,000,000 bytes unzipped with its layers, more than the 262,144,000 that Lambda takes [unzipped-too-large]
        | the function: 100,000,000 bytes
        | layer one: 100,000,000 bytes
        | layer two: 70,000,000 bytes
        | layer arn:aws:lambda:eu-central-1:123456789012:layer:three:1: its size is not known
        | layer four: its size is not known
        hint: prune or exclude something, or deploy it as a container image, which may have 10 GB
      pkgr.yml:7:3: warning: function "a" names 4 of the 5 layers that Lambda takes [near-limit]
        hint: join layers into one, or pack what is in one of them with the function"
    `);
    expect(codesOf('one', zips)).toEqual([]);
  });

  test('counts a layer that was not built now as an earlier build has left it', () => {
    const zips = [fn('a', { unzippedSize: 100_000_000 }, layers('one'))];
    expect(codesOf('a', zips)).toEqual([]);
    expect(codesOf('a', zips, new Map([['one', 162_144_001]]))).toEqual([
      'error unzipped-too-large',
    ]);
  });
});

describe('the number of layers', () => {
  const codes = (count: number) => {
    const names = Array.from({ length: count }, (_, index) => arn(`l${index}`));
    return codesOf('a', [fn('a', {}, layers(...names))]);
  };

  test('is an error above 5 and a warning from 80 % of them', () => {
    expect(codes(6)).toEqual(['error too-many-layers']);
    expect(codes(5)).toEqual(['warning near-limit']);
    expect(codes(4)).toEqual(['warning near-limit']);
    expect(codes(3)).toEqual([]);
  });

  test('is told with what to do', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].map(arn);
    const zips = [fn('six', {}, layers(...names)), fn('four', {}, layers(...names.slice(2)))];
    expect(toldOf(zips)).toMatchInlineSnapshot(`
      "pkgr.yml:7:3: error: function "six" names 6 layers, more than the 5 that Lambda takes [too-many-layers]
        hint: join layers into one, or pack what is in one of them with the function
      pkgr.yml:7:3: warning: function "four" names 4 of the 5 layers that Lambda takes [near-limit]
        hint: join layers into one, or pack what is in one of them with the function"
    `);
  });
});
