import { execFileSync } from 'node:child_process';
import dockerignoreModule from '@balena/dockerignore';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ignoreFile, ignorePatterns } from '../../src/host/ignore-patterns.js';
import { programs } from './temporary-project.js';

function decided(patterns: readonly string[], paths: readonly string[]): readonly boolean[] {
  const ignore = ignorePatterns(patterns);
  return paths.map((path) => ignore.excludes(path));
}

/** What templates/ignore_patterns.py says, which packs inside the Docker build. */
function decidedInTheBuild(cases: readonly (readonly [readonly string[], readonly string[]])[]) {
  const program = `
import json, sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from ignore_patterns import IgnorePatterns
print(json.dumps([[IgnorePatterns([p.encode() for p in patterns]).excludes(path.encode()) for path in paths]
                  for patterns, paths in json.load(sys.stdin)]))`;
  const input = JSON.stringify(cases);
  const output = execFileSync('python3', ['-c', program, programs], { input, stdio: 'pipe' });
  return JSON.parse(output.toString()) as boolean[][];
}

const segment = fc.constantFrom('a', 'b', 'ab', '*', '?', 'a*', '**', '[ab]', '[^a]', 'a.b');
const special = fc.constantFrom(
  'a+b',
  'a-b',
  '\\-*',
  '(a)',
  'a{1}',
  '$a',
  'a|b',
  '^a',
  '\\*',
  'ä',
  '😀',
  '[a-c]b',
);
const path = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      'ab',
      'a.b',
      'aab',
      'a+b',
      'a-b',
      '-a',
      '(a)',
      '*',
      'ä',
      '😀',
      'cb',
      '$a',
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.join('/'));
const patternOf = (parts: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.constantFrom('', '', '!'), fc.array(parts, { minLength: 1, maxLength: 3 }))
    .map(([sign, names]) => sign + names.join('/'));

/** Names that the npm library takes as they are; it fails on `+`, brackets and letters beyond U+FFFF. */
const plainPath = fc
  .array(fc.constantFrom('a', 'b', 'ab', 'a.b', 'aab', 'cb', 'ä'), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('/'));

describe('a .dockerignore', () => {
  test('decides as the npm library that agrees with the engine, where that is not mistaken', () => {
    fc.assert(
      fc.property(
        fc.array(patternOf(segment), { maxLength: 4 }),
        plainPath,
        (patterns, candidate) => {
          const library = dockerignoreModule.default({ ignorecase: false }).add(patterns);
          expect(ignoreFile(patterns).excludes(candidate)).toBe(library.ignores(candidate));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('decides as the packer inside the Docker build', () => {
    const anyPattern = patternOf(fc.oneof(segment, special));
    const one = fc.tuple(
      fc.array(anyPattern, { maxLength: 4 }),
      fc.array(path, { minLength: 1, maxLength: 4 }),
    );
    const cases = fc.sample(one, 1500);
    const expected = decidedInTheBuild(cases);
    const wrong = cases.filter(
      ([patterns, paths], index) =>
        JSON.stringify(decided(patterns, paths)) !== JSON.stringify(expected[index]),
    );
    expect(wrong).toEqual([]);
  });

  test('takes a name with +, (, { or | as it is, and a file may be called constructor', () => {
    expect(
      decided(['c++', 'a(1)', 'x{2}', 'a|b'], ['c++/x', 'a(1)', 'x{2}', 'a|b', 'xx', 'a']),
    ).toEqual([true, true, true, true, false, false]);
    expect(decided(['constructor', '__proto__'], ['constructor', '__proto__'])).toEqual([
      true,
      true,
    ]);
  });

  test('has comments, which exclude of a manifest has not', () => {
    expect(ignoreFile(['#a']).excludes('#a')).toBe(false);
    expect(ignorePatterns(['#a']).excludes('#a')).toBe(true);
  });

  test.each([
    '[a',
    'a\\',
    '[]',
    '!',
    '[a-]',
    '[b-a]',
  ])('refuses %j, which is no pattern', (pattern) => {
    expect(() => ignorePatterns([pattern])).toThrow('is no pattern');
  });
});

test('a folder that is left out is entered only where something in it may be taken back', () => {
  const ignore = ignorePatterns(['a', 'b', '!a/keep/x', '!b*/x']);
  expect(ignore.mayTakeBackBelow('a')).toBe(true);
  expect(ignore.mayTakeBackBelow('a/keep')).toBe(true);
  expect(ignorePatterns(['a', '!a/keep']).mayTakeBackBelow('b')).toBe(false);
  expect(ignore.mayTakeBackBelow('c')).toBe(true);
});
