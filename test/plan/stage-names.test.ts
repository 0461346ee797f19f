import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStageNames, derivedStages } from '../../src/plan/stage-names.js';

const wanted = fc.oneof(
  fc.constantFrom('a', 'A', 'a-zip', 'a-code', 'a-zip-code', 'a-2', 'a-2-zip', '2fa', 'unit-2fa'),
  fc.constantFrom('all', 'all.1', 'ALL', 'digests', 'changed.12', 'scratch', 'programs', 'context'),
  fc.constantFrom('deps-1', 'libs-1', 'python3.11-amd64', 'all.1-zip', '_x', '-x', '.x'),
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,5}$/),
);

test('a name that is free is taken as it is, in small letters', () => {
  const names = createStageNames();
  expect(names.take('slack.send_message')).toBe('slack.send_message');
  expect(names.take('SlackDialog')).toBe('slackdialog');
});

test('a unit called like a stage of another unit gets a name of its own', () => {
  const names = createStageNames();
  expect(['a', 'a-zip', 'A', 'a-zip-2'].map(names.take)).toEqual([
    'a',
    'a-zip-2',
    'a-2',
    'a-zip-2-2',
  ]);
  const reversed = createStageNames();
  expect(['a-zip', 'a'].map(reversed.take)).toEqual(['a-zip', 'a-2']);
});

test.each([
  ['scratch', 'scratch-2'],
  ['all', 'all-2'],
  ['all.1', 'all.1-2'],
  ['digests.0.1', 'digests.0.1-2'],
  ['Digests', 'digests-2'],
  ['changed', 'changed-2'],
  ['programs', 'programs-2'],
  ['2fa', 'unit-2fa'],
])('%s has a meaning or no letter in front, so it becomes %s', (name, expected) => {
  expect(createStageNames().take(name)).toBe(expected);
});

test('no two stages of any units have one name, and each is a valid one', () => {
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 40 }), (list) => {
      const names = createStageNames();
      const taken = list.map(names.take);
      const stages = taken.flatMap((name) => [
        name,
        name + derivedStages.code,
        name + derivedStages.zip,
      ]);
      expect(new Set(stages).size).toBe(stages.length);
      for (const name of stages) {
        expect(name).toMatch(/^[a-z][a-z0-9._-]*$/);
        expect(name).not.toMatch(/^(scratch|context|programs|(all|digests|changed)(\.\d+)?)$/);
      }
    }),
    { numRuns: 500 },
  );
});
