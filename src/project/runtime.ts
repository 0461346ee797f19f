import type { Diagnostic } from '../diagnostics/index.js';
import type { UnitDeclaration } from './declaration.js';
import type { Located, Runtime } from './unit.js';

/**
 * The day on which AWS ends the support of a runtime.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
const supportEnds: Readonly<Partial<Record<Runtime, string>>> = {
  'python3.6': '2022-07-18',
  'python3.7': '2023-12-04',
  'python3.8': '2024-10-14',
  'python3.9': '2025-12-15',
  'python3.10': '2026-10-31',
  'python3.11': '2027-06-30',
  'python3.12': '2028-10-31',
  'python3.13': '2029-06-30',
  'python3.14': '2029-06-30',
};

/** AWS tells its customers as many days before. */
const noticeDays = 180;

/** Units for an architecture on which Lambda does not offer their runtime. */
export function architectureProblems(units: readonly UnitDeclaration[]): readonly Diagnostic[] {
  return units.flatMap(({ runtime, architecture }): readonly Diagnostic[] => {
    if (architecture?.value !== 'arm64') return [];
    if (runtime?.value !== 'python3.6' && runtime?.value !== 'python3.7') return [];
    return [
      {
        code: 'unsupported-runtime',
        severity: 'error',
        message: `Lambda has no ${runtime.value} for arm64`,
        at: architecture.at,
        hint: 'write x86_64, or move to python3.8 or later',
      },
    ];
  });
}

/**
 * Warnings about runtimes whose support has ended, notices about those for which it soon will.
 * Each runtime is named once, where it stands first.
 * @param today the day to judge by, in UTC
 */
export function deprecations(
  runtimes: readonly Located<Runtime>[],
  today: Date,
): readonly Diagnostic[] {
  const first = new Map(runtimes.toReversed().map((runtime) => [runtime.value, runtime.at]));
  const day = today.toISOString().slice(0, 10);
  const soon = new Date(today.getTime() + noticeDays * 86_400_000).toISOString().slice(0, 10);
  return [...first].flatMap(([runtime, at]): readonly Diagnostic[] => {
    const end = supportEnds[runtime];
    if (end === undefined || end > soon) return [];
    const hasEnded = end <= day;
    return [
      {
        code: 'deprecated-runtime',
        severity: hasEnded ? 'warning' : 'notice',
        message: hasEnded
          ? `AWS ended the support of ${runtime} on ${end}`
          : `AWS ends the support of ${runtime} on ${end}`,
        at,
        hint: `python3.13 is supported until ${supportEnds['python3.13']}`,
      },
    ];
  });
}

/** All units that have no runtime in one diagnostic: the remedy is mostly a single line in global. */
export function missingRuntime(units: readonly UnitDeclaration[]): readonly Diagnostic[] {
  const lacking = units.filter((unit) => unit.runtime === undefined && !unit.refused.runtime);
  const [first, ...others] = lacking.map((unit) => `${unit.kind} ${JSON.stringify(unit.name)}`);
  const at = lacking[0]?.at;
  if (first === undefined || at === undefined) return [];
  const more =
    others.slice(0, 5).join(', ') + (others.length > 5 ? ` and ${others.length - 5} more` : '');
  return [
    {
      code: 'missing-key',
      severity: 'error',
      message: `${first} has no runtime`,
      at,
      hint: 'add runtime: python3.13 to it, or to global for all',
      ...(more !== '' && { details: [`also without one: ${more}`] }),
    },
  ];
}
