import type { Findings, Verification } from '../artifacts/index.js';
import { type Diagnostic, ExitCode, tellingOfKeys } from '../diagnostics/index.js';
import type { BuildPlan, PlannedUnit } from '../plan/index.js';
import type { Project } from '../project/index.js';
import { describeProblem } from './describe.js';
import { notices, skipped, withoutHandler } from './notices.js';
import { sourcePlaces } from './places.js';
import { createProviders } from './providers.js';

/** Why a unit could be built and not be verified. */
export interface Unverified {
  readonly kind: 'unverified';
  readonly diagnostic: Diagnostic;
  readonly exitCode: ExitCode;
}

/** A unit that was built, and what was told of it. */
export interface Looked {
  readonly unit: PlannedUnit;
  /** Absent for one that is not verified. */
  readonly verification?: Verification | Unverified;
  /** What packing has told of its zip. */
  readonly findings?: Findings;
}

/** What a verification comes to. */
export interface Verdict {
  readonly unit: PlannedUnit;
  /** `unsure`: what is missing may be in a layer that pkgr cannot see. */
  readonly status: 'passed' | 'failed' | 'unsure' | 'skipped';
  /** How long the import took. */
  readonly milliseconds?: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}

/** The verdict on each unit, in their order. */
export function judge(
  { project, plan }: { readonly project: Project; readonly plan: BuildPlan },
  looked: readonly Looked[],
): readonly Verdict[] {
  const providers = createProviders(looked);
  return looked.map(({ unit, verification, findings }): Verdict => {
    const declared = project.units.find(({ name }) => name === unit.name);
    if (verification === undefined) return skipped(unit, declared);
    if ('kind' in verification) {
      const { diagnostic, exitCode } = verification;
      const message = `${diagnostic.message}, so that ${unit.name} cannot be verified`;
      const told = { ...diagnostic, message };
      return { unit, status: 'failed', diagnostics: [told], exitCode };
    }
    const place = sourcePlaces(plan, unit, project.root);
    const about = { unit, declared, findings, providers, place, plan, output: verification.output };
    const problems = verification.problems.map((problem) =>
      tellingOfKeys(describeProblem(problem, about), project.words),
    );
    const severities = problems.map(({ severity }) => severity);
    const isBad = severities.includes('error');
    const isUnsure = unit.kind === 'function' && severities.includes('warning');
    const { milliseconds } = verification;
    return {
      unit,
      status: isBad ? 'failed' : isUnsure ? 'unsure' : 'passed',
      ...(milliseconds !== undefined && !isBad && { milliseconds }),
      diagnostics: [...problems, ...notices(unit, verification), ...withoutHandler(unit)],
      exitCode: isBad ? ExitCode.buildFailed : ExitCode.done,
    };
  });
}

/** What the verdicts mean together: 0, or 1 when one failed, or what all that failed have in common. */
export function verdictsExitCode(verdicts: readonly Verdict[]): ExitCode {
  const codes = verdicts.flatMap(({ exitCode }) => (exitCode === ExitCode.done ? [] : [exitCode]));
  const first = codes[0] ?? ExitCode.done;
  return codes.every((code) => code === first) ? first : ExitCode.buildFailed;
}
