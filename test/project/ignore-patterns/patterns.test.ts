import dockerignore from '@balena/dockerignore';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  escapePattern,
  ignorePatterns,
  patternBelow,
  withAllBelow,
} from '../../../src/project/index.js';

// Few names and few letters, so that patterns often match. Left out is what the oracle is known to
// get wrong against BuildKit, which engine.test.ts asks instead: `+ ( ) { } | ^`, a `**`
// glued to text, `[^...]` at a slash, blanks and `!` in front of a name.
const name = fc.constantFrom('a', 'b', 'c', 'ab', 'ba', 'a.x', '*', '!a', 'b c');
const path = fc.array(name, { minLength: 1, maxLength: 5 });
const atom = fc.constantFrom('a', 'b', 'c', '*', '?', '[ab]', '[b-c]', '\\*', '.x', '!', ' ', '.');
const component = fc.oneof(
  { weight: 2, arbitrary: fc.constant('**') },
  { weight: 3, arbitrary: fc.constant('*') },
  { weight: 4, arbitrary: name.map(escapePattern) },
  {
    weight: 4,
    arbitrary: fc
      .array(atom, { minLength: 1, maxLength: 3 })
      .map((atoms) => atoms.join('').replace(/\*\*+/g, '*')),
  },
);
const pattern = fc
  .tuple(
    fc.constantFrom('', '', '!'),
    fc.constantFrom('', '', '', '/', './', '//'),
    fc.array(component, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('', '', '/'),
  )
  .map(([sign, before, components, after]) => sign + before + components.join('/') + after)
  .filter((text) => /[^!./\s]/.test(text) && !/^[!./]*!!|^[./]+!|(^|[!/])\s|\s(\/|$)/.test(text));
const patterns = fc.array(pattern, { minLength: 1, maxLength: 5 });

function oracle(list: readonly string[]): (path: string) => boolean {
  const matcher = dockerignore.default({ ignorecase: false }).add([...list]);
  return (each) => matcher.ignores(each);
}

/** Runs a property many times; each run says whether its path was left out. */
function checkOften(check: (list: string[], names: string[], depth: number) => boolean): void {
  const seen = { leftOut: 0, all: 0 };
  fc.assert(
    fc.property(patterns, path, fc.nat({ max: 3 }), (list, names, depth) => {
      seen.all += 1;
      if (check(list, names, Math.min(depth, names.length - 1))) seen.leftOut += 1;
    }),
    { numRuns: 5000 },
  );
  expect(seen.leftOut / seen.all).toBeGreaterThan(0.2);
  expect(seen.leftOut / seen.all).toBeLessThan(0.8);
}

describe('patterns rewritten for a folder', () => {
  test('decide about a path below the folder as the patterns do about the whole path', () => {
    checkOften((list, names, depth) => {
      const whole = oracle(list)(names.join('/'));
      const folder = names.slice(0, depth).join('/');
      const below = list.flatMap((each) => patternBelow(each, folder));
      const rest = names.slice(depth).join('/');
      expect(below.length > 0 && oracle(below)(rest), `${folder}: ${below}`).toBe(whole);
      return whole;
    });
  });

  test('can be rewritten again for a folder in the folder', () => {
    checkOften((list, names, depth) => {
      const folder = names.slice(0, depth).join('/');
      const twice = list
        .flatMap((each) => patternBelow(each, names.slice(0, 1).join('/')))
        .flatMap((each) => patternBelow(each, names.slice(1, 1 + depth).join('/')));
      const once = list.flatMap((each) => patternBelow(each, names.slice(0, 1 + depth).join('/')));
      const rest = names.slice(1 + depth).join('/');
      if (rest !== '')
        expect(ignorePatterns(twice).excludes(rest), folder).toBe(
          ignorePatterns(once).excludes(rest),
        );
      return oracle(list)(names.join('/'));
    });
  });

  test.each([
    ['functions/a', 'functions/a', ['**']],
    ['functions', 'functions/a', ['**']],
    ['!functions', 'functions/a', ['!**']],
    ['functions/b', 'functions/a', []],
    ['**/tests', 'functions/a', ['**/tests']],
    ['*.md', 'functions', []],
    ['functions/*/tests', 'functions/a', ['tests']],
    ['functions/**', 'functions', ['**']],
    ['functions/**/x', 'functions/a', ['**/x']],
    ['/functions//./a/x/', 'functions/a', ['x']],
    ['other/../functions/x', 'functions', ['x']],
    ['../functions', 'functions', []],
    ['a/!b', 'a', ['\\!b']],
    ['!a/!b', 'a', ['!\\!b']],
    ['a/ b', 'a', ['[ ]b']],
    ['[\\]a]/x', ']', ['x']],
    ['a[^b]c/x', 'aéc', ['x']],
    ['a[^b]c/x', 'abc', []],
    ['?/x', '😀', ['x']],
    ['lib++/x', 'lib++', ['x']],
    ['(a|b)/x', 'a', []],
    ['**.py', 'functions', ['**/*.py']],
    ['functions/**.py', 'functions', ['**/.py']],
    ['a**b', 'ab', ['**']],
    ['a**b', 'axb', ['**/b']],
    ['a**b', 'bab', []],
    ['a**b', 'ax', ['**/b']],
    ['a**/b', 'ab', ['**']],
    ['a**/b', 'ax/y', ['**/b']],
    ['.', 'functions', []],
  ])('%s says of %s: %j', (written, folder, expected) => {
    expect([...patternBelow(written, folder)].sort()).toEqual([...expected].sort());
  });

  test('are found for patterns made to explode', () => {
    const deep = Array.from({ length: 60 }, () => 'ab').join('/');
    expect(patternBelow(`${'a**'.repeat(300)}x`, deep).length).toBeLessThan(400);
    expect(patternBelow(`${'**/'.repeat(300)}x`, deep).length).toBeLessThan(400);
    expect(patternBelow(`${'*a'.repeat(400)}b`, 'a'.repeat(250))).toEqual([]);
  });
});

describe('a list of patterns', () => {
  test('decides as the oracle does once patterns hold for whole folders', () => {
    checkOften((list, names) => {
      const whole = oracle(list)(names.join('/'));
      expect(ignorePatterns(withAllBelow(list)).excludes(names.join('/'))).toBe(whole);
      return whole;
    });
  });

  test('asks a pattern only where it changes something, as BuildKit does', () => {
    const list = ['**/*.md', '!docs'];
    expect(ignorePatterns(list).excludes('docs/a.md')).toBe(true);
    expect(ignorePatterns(withAllBelow(list)).excludes('docs/a.md')).toBe(false);
    expect(ignorePatterns(['docs', '!docs']).excludes('docs/a.md')).toBe(false);
    expect(ignorePatterns(['*', '!a/*', 'a']).excludes('a/b')).toBe(false);
    expect(ignorePatterns(withAllBelow(['*', '!a/*', 'a'])).excludes('a/b')).toBe(true);
  });

  test('takes names with the signs of regular expressions for what they are', () => {
    const list = ['libstdc++', 'a(1)', 'b|c', 'd{2}', 'e^f', 'g$'];
    const isLeftOut = ignorePatterns(list).excludes;
    expect(list.filter(isLeftOut)).toEqual(list);
    expect(['b', 'c', 'dd', 'libstdc', 'a1', 'g'].filter(isLeftOut)).toEqual([]);
  });
});

describe('an escaped text', () => {
  const text = fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...'*?[]!#^\\ +(){}|$.-ab') },
        { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((units) => units.join(''))
    .filter((each) => !/[/\p{Cc}]/u.test(each) && !/^\.{1,2}$/.test(each));

  test('is a pattern for that text and for no other', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const isLeftOut = ignorePatterns([escapePattern(one)]).excludes;
        expect(isLeftOut(one)).toBe(true);
        expect(isLeftOut(other)).toBe(one === other);
        expect(isLeftOut(`${one}x`)).toBe(false);
        expect(escapePattern(one).trim()).toBe(escapePattern(one));
        expect(escapePattern(one)).not.toMatch(/^[!#]/);
      }),
      { numRuns: 3000 },
    );
  });
});
