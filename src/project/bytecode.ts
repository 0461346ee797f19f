import type { Diagnostic } from '../diagnostics/index.js';
import type { UnitDeclaration } from './declaration.js';

/**
 * What is made of Python sources when they are packed: bytecode that Lambda never compares with
 * them, nothing, or such bytecode in their place.
 */
export const bytecodes = ['hash', 'none', 'sourceless'] as const;
export type Bytecode = (typeof bytecodes)[number];

/** Choices of `prune` that leave bytecode out. */
const pruning: readonly string[] = ['pyc', 'juniper'];

/**
 * What holds for a unit. Without a word it is `hash`, unless `prune` leaves bytecode out or the
 * runtime has only bytecode with dates, which a zip makes worthless (before Python 3.7, PEP 552).
 */
export function bytecodeOf(
  unit: UnitDeclaration,
  report: (diagnostic: Diagnostic) => void,
): Bytecode {
  const { bytecode, prune = [], runtime } = unit;
  const pruned = prune.find((choice) => pruning.includes(choice));
  const isOld = runtime?.value === 'python3.6';
  if (bytecode === undefined) return pruned !== undefined || isOld ? 'none' : 'hash';
  if (bytecode.value === 'none') return 'none';
  const refuse = (reason: string, hint: string) => {
    report({
      code: 'invalid-value',
      severity: 'error',
      message: `${unit.kind} ${JSON.stringify(unit.name)} asks for bytecode: ${bytecode.value}, ${reason}`,
      at: bytecode.at,
      hint,
    });
  };
  if (pruned !== undefined) {
    refuse(
      `and prune (${pruned}) leaves bytecode out`,
      'drop one of the two; sources are packed with bytecode: none',
    );
  } else if (isOld) {
    refuse('which Python 3.6 does not have', 'write bytecode: none, or move to python3.8 or later');
  }
  return bytecode.value;
}
