import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contentTag, suiteOf } from '../../scripts/images/tag.mjs';
import { publicNames, tagOf } from '../../scripts/images.mjs';

describe("an image's tag", () => {
  test('is its name and twelve digits of its content', () => {
    expect(contentTag('build', [['Dockerfile', 'FROM x']])).toMatch(
      /^pkgr\.local\/build:[0-9a-f]{12}$/,
    );
  });

  test('does not depend on the order of the parts', () => {
    const parts = [
      ['a', '1'],
      ['b', '2'],
    ] as const;
    expect(contentTag('x', parts)).toBe(contentTag('x', parts.toReversed()));
  });

  test('differs when a byte moves from one part to the next', () => {
    const tags = [
      [['a', 'bc']],
      [['ab', 'c']],
      [
        ['a', 'b'],
        ['c', ''],
      ],
      [
        ['a', 'bc'],
        ['', ''],
      ],
    ].map((parts) => contentTag('x', parts as [string, string][]));
    expect(new Set(tags).size).toBe(tags.length);
  });

  test('is the same for the same recipe and another for each recipe', () => {
    const names = Object.keys(publicNames);
    expect(names.map(tagOf)).toEqual(names.map(tagOf));
    expect(new Set(names.map(tagOf)).size).toBe(names.length);
  });
});

test('every recipe stands in for a public image', () => {
  expect(readdirSync('images').sort()).toEqual(Object.keys(publicNames).sort());
});

test('an image that has no recipe is refused with the names that have one', () => {
  expect(() => tagOf('../etc')).toThrow(/There is no image \.\.\/etc; images\/ has build-python3/);
});

test('the suite of the root is the one its FROM names', () => {
  expect(suiteOf('# text\nFROM debian-trixie AS tree\nRUN x\nFROM scratch\n')).toBe('trixie');
  expect(suiteOf('FROM python:3.11\n')).toBeUndefined();
});
