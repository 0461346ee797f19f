import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ignorePatterns } from '../../../src/project/index.js';

const name = fc.constantFrom('a', 'b', 'c', 'a.x', 'bc');
const component = fc.oneof(name, fc.constantFrom('*', '**', '?', 'a*', 'a**', '**c', '[ab]'));
const pattern = fc
  .tuple(fc.constantFrom('', '!'), fc.array(component, { minLength: 1, maxLength: 4 }))
  .map(([sign, parts]) => sign + parts.join('/'));

test('nothing is taken back below a folder that need not be entered', () => {
  const seen = { pruned: 0, all: 0 };
  fc.assert(
    fc.property(
      fc.array(pattern, { minLength: 1, maxLength: 5 }),
      fc.array(name, { minLength: 2, maxLength: 5 }),
      fc.nat({ max: 3 }),
      (patterns, names, depth) => {
        const folder = names.slice(0, Math.min(depth + 1, names.length - 1)).join('/');
        const { excludes, mayTakeBackBelow } = ignorePatterns(patterns);
        seen.all += 1;
        if (!excludes(folder) || mayTakeBackBelow(folder)) return;
        seen.pruned += 1;
        expect(excludes(names.join('/'))).toBe(true);
      },
    ),
    { numRuns: 5000 },
  );
  expect(seen.pruned / seen.all).toBeGreaterThan(0.05);
});

test('a folder that is left out is entered only where something in it may be taken back', () => {
  const mayTakeBackBelow = ignorePatterns(['a', 'b', '!a/keep/x', '!b*/x']).mayTakeBackBelow;
  expect(['a', 'a/keep', 'b', 'bc'].filter(mayTakeBackBelow)).toEqual(['a', 'a/keep', 'b', 'bc']);
  expect(['a/other', 'a/keep/x', 'b/y', 'c'].filter(mayTakeBackBelow)).toEqual([]);
});

test('what is asked first does not change what is answered', () => {
  const list = ['a', '!a/b', 'a/b/*.x', '!**/c'];
  const paths = ['a', 'a/b', 'a/b/a.x', 'a/b/a.x/c', 'a/d', 'a/d/c/e', 'b'];
  const alone = paths.map((path) => ignorePatterns(list).excludes(path));
  const together = ignorePatterns(list).excludes;
  expect([...paths].reverse().map(together).reverse()).toEqual(alone);
  expect(alone).toEqual([true, false, true, false, true, false, false]);
});

test('a file may have the name of something that every object of JavaScript has', () => {
  const { excludes } = ignorePatterns(['constructor', '__proto__/x']);
  expect(['constructor', '__proto__/x', '__proto__', 'toString'].map(excludes)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
