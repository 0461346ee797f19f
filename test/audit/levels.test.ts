import { describe, expect, test } from 'vitest';
import { codesOf, fn, toldOf } from './zips.js';

const findings = { missing: [{ library: 'libx.so', files: ['x.so'], libraries: [] }] };
const size = 60_000_000;

describe('the weight that a manifest gives to a code', () => {
  test('is the one that findings of it have in that unit', () => {
    const zips = [
      fn('strict', { size, findings }, { audit: { 'missing-library': 'error' } }),
      fn('silent', { size, findings }, { audit: { 'zip-too-large': 'ignore' } }),
      fn('usual', { size, findings }),
    ];
    expect(codesOf('strict', zips)).toEqual(['error zip-too-large', 'error missing-library']);
    expect(codesOf('silent', zips)).toEqual(['warning missing-library']);
    expect(codesOf('usual', zips)).toEqual(['error zip-too-large', 'warning missing-library']);
  });

  test('parts units that would otherwise be told of together', () => {
    const audit = { 'missing-library': 'notice' } as const;
    const told = toldOf([
      fn('a', { findings }),
      fn('b', { findings }, { audit }),
      fn('c', { findings }),
    ]);
    expect(told).toContain('warning: function "a" and function "c" need libx.so');
    expect(told).toContain('notice: function "b" needs libx.so');
  });
});
