import type { BuildResult, OpenProject } from '../api/index.js';
import type { Door } from './framework.js';
import { interruptible } from './interrupt.js';
import { createProgressView } from './progress.js';
import type { Api } from './service.js';
import { sayDiagnostics } from './tell.js';

/**
 * Builds units, tells of it, and returns how each ended.
 * @param started when pkgr began, as performance.now() has it: what is told counts from there
 * @throws PkgrError when nothing can be built at all, or the build is interrupted.
 */
export async function buildUnits(
  api: Api,
  open: OpenProject,
  names: readonly string[],
  started: number,
  { writers }: Door,
): Promise<BuildResult> {
  const view = createProgressView(writers);
  const { env } = process;
  const result = await interruptible((signal) =>
    api.build(open, {
      engine: open.project.preferences.engine ?? 'docker',
      units: names,
      environment: env,
      namedContexts: api.namedContexts((env.PKGR_BUILD_CONTEXTS ?? '').split('\n')),
      noCache: false,
      signal,
      onActivity: (activity) => view.show(activity),
      onNotices: (notices) => sayDiagnostics(notices, writers),
    }),
  ).finally(() => view.clear());
  const stopsNothing = result.findings.filter(({ severity }) => severity !== 'error');
  sayDiagnostics(stopsNothing, writers);
  tellResult(result, (performance.now() - started) / 1000, writers.log);
  return result;
}

/** A line for all, and with --verbose one for each. */
function tellResult(
  { units }: BuildResult,
  seconds: number,
  { info, success }: Door['writers']['log'],
) {
  for (const { kind, unit } of units) info(`${kind} ${unit.zip}`);
  const count = (kind: string) => units.filter((unit) => unit.kind === kind).length;
  const packaged = units.length - count('failed');
  if (packaged === 0) return;
  const failed = packaged < units.length ? `, ${count('failed')} failed` : '';
  const changed = `${count('built')} built, ${count('unchanged')} unchanged${failed}`;
  success(`${packaged} packaged by pkgr: ${changed} (${seconds.toFixed(1)}s)`);
}
