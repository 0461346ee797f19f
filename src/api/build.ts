import { join, posix } from 'node:path';
import {
  artifactOf,
  mergeReport,
  readReport,
  stillThere,
  writeReport,
} from '../artifacts/index.js';
import type { BuildPlan } from '../plan/index.js';
import type { HostOptions } from './build-on-host.js';
import type { BuildResult, UnitResult } from './build-result.js';
import { buildWithDocker, type DockerOptions } from './build-with-docker.js';
import { type OpenProject, selectUnits } from './open.js';

/** What builds: the Docker engine, or this machine itself. */
export type BuildOptions = { readonly units: readonly string[] } & (
  | ({ readonly engine: 'docker' } & DockerOptions)
  | ({ readonly engine: 'host' } & HostOptions)
);

/**
 * Builds zips into the output folder, each replaced whole and only when its bytes change, and
 * writes artifacts.json beside them. Units that cannot be built are in the result and keep no other
 * from being built.
 * @throws PkgrError when nothing can be built at all, or the build is interrupted.
 */
export async function build(open: OpenProject, options: BuildOptions): Promise<BuildResult> {
  const units = selectUnits(open.plan, options.units);
  const results =
    options.engine === 'docker'
      ? await buildWithDocker(open, units, options)
      : await (await import('./build-on-host.js')).buildOnHost(open, units, options);
  const report = await updateReport(open, results);
  return { units: results, report };
}

/** artifacts.json: what was built now, and what earlier builds left that still holds. */
async function updateReport({ project, plan }: OpenProject, results: readonly UnitResult[]) {
  const path = posix.join(project.output, 'artifacts.json');
  const absolute = join(project.root, path);
  const locate = (zip: string) => join(project.root, zip);
  const built = results.flatMap((result) =>
    result.kind === 'failed' ? [] : [artifactOf(declared(result.unit), result.digest)],
  );
  const earlier = await readReport(absolute);
  const kept = await stillThere(earlier, plan.units.map(declared), locate);
  await writeReport(absolute, mergeReport(built, kept));
  return path;
}

function declared({ kind, name, zip }: BuildPlan['units'][number]) {
  return { kind, name, path: zip };
}
