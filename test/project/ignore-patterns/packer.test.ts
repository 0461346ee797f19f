import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ignorePatterns, patternBelow, withAllBelow } from '../../../src/project/index.js';

type Case = readonly [patterns: readonly string[], paths: readonly string[]];

/** What templates/ignore_patterns.py says, which packs inside the Docker build. */
function decidedInTheBuild(cases: readonly Case[]): readonly (readonly boolean[])[] {
  const programs = resolve(import.meta.dirname, '../../../templates');
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

const component = fc.constantFrom(
  ...['a', 'b', 'ab', '*', '?', 'a*', '**', '[ab]', '[^a]', 'a.b', '[a-c]b', '\\*', 'ä', '😀'],
  ...['a+b', '(a)', 'a{1}', '$a', 'a|b', '^a', 'a**', 'a**b', '**.b', '..', '.', '!a', '#a'],
);
const pattern = fc
  .tuple(fc.constantFrom('', '', '!'), fc.array(component, { minLength: 1, maxLength: 3 }))
  .map(([sign, parts]) => sign + parts.join('/'))
  .filter((text) => !text.startsWith('!!'));
const path = fc
  .array(fc.constantFrom('a', 'b', 'ab', 'a.b', 'aab', 'a+b', '(a)', '*', 'ä', '😀', 'cb', '$a'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join('/'));

test('the packer inside the build leaves out what the patterns say once they hold for folders', () => {
  const written = fc.sample(
    fc.tuple(
      fc.array(pattern, { maxLength: 4 }),
      fc.constantFrom('', 'a', 'b/a'),
      fc.array(path, { minLength: 1, maxLength: 4 }),
    ),
    { numRuns: 3000, seed: 7 },
  );
  // The packer is given nothing else than patterns that were rewritten for a folder.
  const cases = written.map(([patterns, folder, paths]): Case => {
    return [patterns.flatMap((each) => patternBelow(each, folder)), paths];
  });
  const inTheBuild = decidedInTheBuild(cases);
  const seen = { leftOut: 0, all: 0 };
  for (const [index, [patterns, paths]] of cases.entries()) {
    const decided = paths.map(ignorePatterns(withAllBelow(patterns)).excludes);
    expect(inTheBuild[index], JSON.stringify([patterns, paths])).toEqual(decided);
    seen.all += paths.length;
    seen.leftOut += decided.filter((each) => each).length;
  }
  expect(seen.leftOut / seen.all).toBeGreaterThan(0.1);
});
