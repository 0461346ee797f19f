import type { Digest, ResolvedPackage } from '../artifacts/index.js';
import { type Diagnostic, ExitCode, hasErrors } from '../diagnostics/index.js';
import type { PlannedUnit } from '../plan/index.js';

/** A unit whose zip is there. */
export interface FinishedUnit {
  /** `unchanged`: the zip on disk has these bytes already and was not touched. */
  readonly kind: 'built' | 'unchanged';
  readonly unit: PlannedUnit;
  readonly digest: Digest;
  /** What pip has installed for it; absent when it has no requirements. */
  readonly packages?: readonly ResolvedPackage[];
  /** Seconds that the unit's own steps took; 0 when all came from the cache. */
  readonly seconds: number;
}

/** How the build of one unit ended. */
export type UnitResult =
  | FinishedUnit
  | {
      readonly kind: 'failed';
      readonly unit: PlannedUnit;
      /** Units that failed for the same reason share it. */
      readonly diagnostic: Diagnostic;
      readonly exitCode: ExitCode;
    };

export interface BuildResult {
  /** In the manifest's order. */
  readonly units: readonly UnitResult[];
  /** What the audit has found in the zips, each thing once for all units that share it. */
  readonly findings: readonly Diagnostic[];
  /** The same by unit, for those in which something was found. */
  readonly audit: ReadonlyMap<PlannedUnit, readonly Diagnostic[]>;
  /** Path of artifacts.json below the project. */
  readonly report: string;
}

/**
 * 0 when everything was built and no finding is an error; otherwise what the failures mean together:
 * 1, or 75 if all are transient.
 */
export function buildExitCode({ units, findings }: BuildResult): ExitCode {
  const codes = [
    ...units.flatMap((result) => (result.kind === 'failed' ? [result.exitCode] : [])),
    ...(hasErrors(findings) ? [ExitCode.buildFailed] : []),
  ];
  const first = codes[0] ?? ExitCode.done;
  return codes.every((code) => code === first) ? first : ExitCode.buildFailed;
}
