import type { Verification } from '../artifacts/index.js';
import { type Diagnostic, ExitCode } from '../diagnostics/index.js';
import type { PlannedUnit } from '../plan/index.js';
import type { Unit } from '../project/index.js';
import type { Verdict } from './judge.js';

/** Lambda ends a first import that takes longer, in milliseconds, and begins anew. */
const INIT_PHASE = 10_000;

/** A unit that is not verified, because the manifest says so or nothing says in what. */
export function skipped(unit: PlannedUnit, declared: Unit | undefined): Verdict {
  const isOff = declared?.verify.mode === 'off';
  const untold: Diagnostic = {
    code: 'not-verified',
    severity: 'notice',
    message: `${titleOf(unit)} is not verified: nothing says which Python it is for`,
    at: unit.at,
    hint: 'add runtime: python3.N to it, or verifyImage:',
  };
  return {
    unit,
    status: 'skipped',
    diagnostics: isOff ? [] : [untold],
    exitCode: ExitCode.done,
  };
}

/** What is worth telling of an import that was made. */
export function notices(
  unit: PlannedUnit,
  { network, problems, milliseconds = 0 }: Verification,
): readonly Diagnostic[] {
  const told: Diagnostic[] = [];
  const outside = unit.layers.flatMap((layer) => (layer.kind === 'external' ? layer.arn : []));
  if (outside.length > 0) {
    told.push({
      code: 'not-verified',
      severity: 'notice',
      message: `${titleOf(unit)} is verified without ${outside.join(', ')}, which pkgr cannot see`,
      at: unit.at,
      hint: 'what is in such a layer is not missing in Lambda',
    });
  }
  if (network.length > 0 && problems.length === 0) {
    told.push({
      code: 'needs-network',
      severity: 'notice',
      message: `${titleOf(unit)} asks for ${network.slice(0, 3).join(', ')} while it is imported, and goes on without it`,
      at: unit.at,
      hint: 'each cold start waits for that; connect in the handler when it is needed',
    });
  }
  if (milliseconds > INIT_PHASE) {
    told.push({
      code: 'slow-import',
      severity: 'warning',
      message: `${titleOf(unit)} took ${Math.round(milliseconds / 1000)} s to import, and Lambda ends a first import after 10 s`,
      at: unit.at,
      hint: 'import what is large in the function that needs it',
    });
  }
  return told;
}

/** Of a function without a handler only its packages are imported. */
export function withoutHandler(unit: PlannedUnit): readonly Diagnostic[] {
  if (unit.kind === 'layer' || unit.handler !== undefined) return [];
  return [
    {
      code: 'not-verified',
      severity: 'notice',
      message: `${titleOf(unit)} has no handler, so that only its packages were imported`,
      at: unit.at,
      hint: 'add handler: MODULE.FUNCTION to it',
    },
  ];
}

export function titleOf({ kind, name }: Pick<PlannedUnit, 'kind' | 'name'>): string {
  return `${kind} ${JSON.stringify(name)}`;
}
