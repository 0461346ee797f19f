import fc from 'fast-check';
import { expect } from 'vitest';
import type { Instruction, Stage } from '../../src/dockerfile/instruction.js';
import { printStages } from '../../src/dockerfile/print.js';

/** A stage in which an instruction stands between two that are harmless. */
export function stageWith(...instructions: readonly Instruction[]): Stage {
  const user: Instruction = { kind: 'user', name: 'root' };
  return {
    name: 'stage',
    comment: ['A comment.'],
    from: { kind: 'scratch' },
    instructions: [user, ...instructions, user],
  };
}

/** The printed stage, or undefined when the printer refused with RangeError. */
export async function printed(stage: Stage): Promise<string | undefined> {
  try {
    return (await printStages([stage])).get(stage) ?? '';
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return undefined;
  }
}

/** Runs a property; each run says whether its values were printed rather than refused. */
export async function check<T>(
  arbitrary: fc.Arbitrary<T>,
  numRuns: number,
  isPrinted: (value: T) => Promise<boolean>,
): Promise<void> {
  const seen = { printed: 0, all: 0 };
  await fc.assert(
    fc.asyncProperty(arbitrary, async (value) => {
      seen.all += 1;
      if (await isPrinted(value)) seen.printed += 1;
    }),
    { numRuns },
  );
  expect(seen.printed / seen.all).toBeGreaterThan(0.2);
}

/** The skeleton of a stage made by stageWith(). */
export const frame = (...kinds: readonly string[]) => [
  'FROM ... AS stage',
  'USER',
  ...kinds,
  'USER',
];
