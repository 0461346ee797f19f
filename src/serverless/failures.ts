import type { BuildResult, OpenProject } from '../api/index.js';
import { PkgrError } from '../diagnostics/index.js';
import { askYesOrNo, isInteractive } from './ask.js';
import type { Door } from './framework.js';
import { type Api, keysOf } from './service.js';
import { sayDiagnostics } from './tell.js';

/**
 * Functions that could not be packaged are left out of the service if abortOnPackagingErrors is
 * false, or if somebody at a terminal wants to go on without them: no function is better than one
 * that lacks its packages.
 * @throws PkgrError otherwise.
 */
export async function leaveOutFailed(
  api: Api,
  open: OpenProject,
  result: BuildResult,
  door: Door,
): Promise<void> {
  const failed = api.unfitUnits(result);
  if (failed.length === 0) return;
  const asks = open.project.preferences.abortsOnFailure !== false;
  if (!api.canDoWithout(failed, result) || (asks && !isInteractive())) throwFailed(api, result);
  sayDiagnostics(api.reasonsOf(failed), door.writers);
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
  const failed = api.unfitUnits(result);
  if (failed.length > 0) throw new PkgrError(api.reasonsOf(failed), api.buildExitCode(result));
}
