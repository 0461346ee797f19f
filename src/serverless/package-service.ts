import { buildUnits } from './build-units.js';
import { leaveOutFailed, throwFailed } from './failures.js';
import type { Door } from './framework.js';
import { giveArtifacts } from './give-artifacts.js';
import { keysOf, loadApi, openService } from './service.js';
import { sayDiagnostics } from './tell.js';

/**
 * Packages all Python functions of a service, and its layers where that is asked for.
 * @throws PkgrError when something is wrong, or nobody wants to go on without what has failed.
 */
export async function packageService(door: Door): Promise<void> {
  const started = performance.now();
  const api = await loadApi();
  const open = await openService(api, door);
  sayDiagnostics(open.diagnostics, door.writers);
  keepFromFramework(open.project.output, door);
  if (open.plan.units.length === 0) return;
  const result = await buildUnits(api, open, [], started, door);
  await leaveOutFailed(api, open, result, door);
  await giveArtifacts(api, open, result, door);
}

/**
 * Packages the one function of `deploy function`, unless it is none of pkgr's.
 * @throws PkgrError when something is wrong.
 */
export async function packageFunction(door: Door): Promise<void> {
  const started = performance.now();
  const api = await loadApi();
  const open = await openService(api, door);
  const keys = keysOf(open);
  const unit = open.plan.units.find(
    ({ kind, name }) => kind === 'function' && keys.get(name) === door.options.function,
  );
  if (unit === undefined) return;
  sayDiagnostics(open.diagnostics, door.writers);
  const result = await buildUnits(api, open, [unit.name], started, door);
  throwFailed(api, result);
  await giveArtifacts(api, open, result, door);
}

/** Zips that the framework makes itself, of functions in other languages, must not hold pkgr's. */
function keepFromFramework(output: string, { framework }: Door): void {
  const { package: packaging } = framework.service;
  packaging.patterns = [...(packaging.patterns ?? []), `!${output}/**`];
}
