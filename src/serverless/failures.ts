import type { BuildResult, OpenProject, UnitResult } from '../api/index.js';
import { type Diagnostic, formatDiagnostic, PkgrError } from '../diagnostics/index.js';
import { askYesOrNo, isInteractive } from './ask.js';
import type { Door } from './framework.js';
import { type Api, keysOf } from './service.js';
import { sayDiagnostics } from './tell.js';

/**
 * Functions that could not be packaged are left out of the service if abortOnPackagingErrors is
 * false, or if somebody at a terminal wants to go on without them: no function is better than one
 * that lacks its packages. A layer is never left out, because functions that use it would be deployed
 * and could not be imported; nor are all functions for one reason, such as an image that is not to be
 * had, because a deployment would remove them all.
 * @throws PkgrError otherwise.
 */
export async function leaveOutFailed(
  api: Api,
  open: OpenProject,
  result: BuildResult,
  door: Door,
): Promise<void> {
  const failed = failedUnits(result);
  if (failed.length === 0) return;
  const asks = open.project.preferences.abortsOnFailure !== false;
  const isLayer = failed.some(({ unit }) => unit.kind === 'layer');
  const isAll = failed.length > 1 && failed.length === result.units.length;
  const concernsAll = isLayer || (isAll && reasons(failed).length === 1);
  if (concernsAll || (asks && !isInteractive())) throwFailed(api, result);
  sayDiagnostics(reasons(failed), door.writers);
  const names = failed.map(({ unit }) => unit.name).join(', ');
  if (asks && !(await askYesOrNo(`Do you wish to continue without ${names}?`))) {
    throw new PkgrError([], api.buildExitCode(result));
  }
  const { functions } = door.framework.service;
  const keys = keysOf(open);
  for (const { unit } of failed) delete functions[keys.get(unit.name) ?? unit.name];
  const fate = 'a deployment removes what was deployed of it before';
  door.writers.log.warning(`left out, because it could not be packaged: ${names}; ${fate}`);
}

/** @throws PkgrError with why units could not be packaged, if there are any. */
export function throwFailed(api: Api, result: BuildResult): void {
  const failed = failedUnits(result);
  if (failed.length > 0) throw new PkgrError(reasons(failed), api.buildExitCode(result));
}

/** A unit without a zip that could be deployed, and why. */
interface FailedUnit {
  readonly unit: UnitResult['unit'];
  readonly errors: readonly Diagnostic[];
}

/** Those that could not be built, and those in whose zips the audit has found an error. */
function failedUnits({ units, audit }: BuildResult): readonly FailedUnit[] {
  return units.flatMap((result): readonly FailedUnit[] => {
    const { unit } = result;
    if (result.kind === 'failed') return [{ unit, errors: [result.diagnostic] }];
    const errors = (audit.get(unit) ?? []).filter(({ severity }) => severity === 'error');
    return errors.length > 0 ? [{ unit, errors }] : [];
  });
}

/** Each reason once, however many units share it. */
function reasons(failed: readonly FailedUnit[]): readonly Diagnostic[] {
  const byText = new Map<string, Diagnostic>();
  for (const error of failed.flatMap(({ errors }) => errors)) {
    byText.set(formatDiagnostic(error), error);
  }
  return [...byText.values()];
}
