import type { Change, Digest, ResolvedPackage, Verification } from '../artifacts/index.js';
import { type Diagnostic, ExitCode, hasErrors } from '../diagnostics/index.js';
import type { PlannedUnit } from '../plan/index.js';
import { type Unverified, type Verdict, verdictsExitCode } from '../verify/index.js';
import type { ImageIdentity } from './base-images.js';

/** A unit whose zip is there. */
export interface FinishedUnit {
  /** `unchanged`: the zip on disk has these bytes already and was not touched. */
  readonly kind: 'built' | 'unchanged';
  readonly unit: PlannedUnit;
  readonly digest: Digest;
  /** What pip has installed for it; absent when it has no requirements. */
  readonly packages?: readonly ResolvedPackage[];
  /** The sha256 of the zip that was there before; absent when there was none. */
  readonly replaced?: string;
  /** What came of its verification; absent when it was not verified. */
  readonly verification?: Verification | Unverified;
  /** Seconds that the unit's own steps took; 0 when all came from the cache. */
  readonly seconds: number;
}

export interface FailedUnit {
  readonly kind: 'failed';
  readonly unit: PlannedUnit;
  /** Units that failed for the same reason share it. */
  readonly diagnostic: Diagnostic;
  readonly exitCode: ExitCode;
}

/** What an engine has made of one unit. */
export type EngineResult = FinishedUnit | FailedUnit;

/** What an engine has made of all units. */
export interface EngineBuild {
  readonly results: readonly EngineResult[];
  /** Which images were behind the names that the plan has; absent without Docker. */
  readonly images?: ReadonlyMap<string, ImageIdentity>;
}

/** How the build of one unit ended, and why it was built; of an unchanged one, what left no trace. */
export type UnitResult = (FinishedUnit & { readonly changes: readonly Change[] }) | FailedUnit;

export interface BuildResult {
  /** In the manifest's order. */
  readonly units: readonly UnitResult[];
  /** What the audit has found in the zips, each thing once for all units that share it. */
  readonly findings: readonly Diagnostic[];
  /** The same by unit, for those in which something was found. */
  readonly audit: ReadonlyMap<PlannedUnit, readonly Diagnostic[]>;
  /** On each unit that was built, when they were to be verified. */
  readonly verdicts?: readonly Verdict[];
  /** Path of artifacts.json below the project. */
  readonly report: string;
}

/**
 * 0 when everything was built, no finding is an error, and what was to be verified has passed;
 * otherwise what the failures mean together: 1, or 75 if all are transient.
 */
export function buildExitCode({ units, findings, verdicts = [] }: BuildResult): ExitCode {
  const unfit = verdictsExitCode(verdicts);
  const codes = [
    ...units.flatMap((result) => (result.kind === 'failed' ? [result.exitCode] : [])),
    ...(hasErrors(findings) ? [ExitCode.buildFailed] : []),
    ...(unfit === ExitCode.done ? [] : [unfit]),
  ];
  const first = codes[0] ?? ExitCode.done;
  return codes.every((code) => code === first) ? first : ExitCode.buildFailed;
}
