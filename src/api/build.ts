import { join, posix } from 'node:path';
import {
  type ArtifactsReport,
  artifactOf,
  type DescribedUnit,
  mergeReport,
  readReport,
  removeGone,
  stillThere,
  writeReport,
} from '../artifacts/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import type { BuildPlan } from '../plan/index.js';
import { auditResults } from './audit-results.js';
import type { HostOptions } from './build-on-host.js';
import type { BuildResult, FinishedUnit, UnitResult } from './build-result.js';
import { buildWithDocker, type DockerOptions } from './build-with-docker.js';
import type { OpenProject } from './open.js';
import { secretValues } from './secrets.js';
import { unitsToBuild } from './units-to-build.js';

/** What builds: the Docker engine, or this machine itself. */
export type BuildOptions = {
  readonly units: readonly string[];
  /** Part of the names of functions, whatever the case: they are built, and every layer. */
  readonly functionName?: string;
  /** Leave zips of units that are no longer declared, where the manifest's dialect removes them. */
  readonly skipClean?: boolean;
  /** Told before anything is built, such as that the host engine uses no image. */
  onNotices?(notices: readonly Diagnostic[]): void;
} & (({ readonly engine: 'docker' } & DockerOptions) | ({ readonly engine: 'host' } & HostOptions));

/** The report's name, in the folder of the zips. */
const REPORT = 'artifacts.json';

/**
 * Builds zips into the output folder, each replaced whole and only when its bytes change, and
 * writes artifacts.json beside them. Units that cannot be built are in the result and keep no other
 * from being built.
 * @throws PkgrError when nothing can be built at all, or the build is interrupted.
 */
export async function build(open: OpenProject, options: BuildOptions): Promise<BuildResult> {
  const units = unitsToBuild(open.plan, options.units, options.functionName);
  if (open.project.cleansOutput && options.skipClean !== true) await cleanOutput(open);
  const secrets = secretValues(open.project, open.plan, units, options);
  if (secrets.warnings.length > 0) options.onNotices?.(secrets.warnings);
  const results =
    options.engine === 'docker'
      ? await buildWithDocker(open, units, options, secrets.values)
      : await (await import('./build-on-host.js')).buildOnHost(
          open,
          units,
          options,
          secrets.values,
        );
  const earlier = await readReport(join(open.project.root, open.project.output, REPORT));
  const report = await updateReport(open, results, earlier);
  return { units: results, ...auditResults(open, results, earlier), report };
}

/** Removes zips that earlier builds have made of units that are gone; nothing else is touched. */
async function cleanOutput({ project, plan }: OpenProject): Promise<void> {
  const report = await readReport(join(project.root, project.output, REPORT));
  await removeGone(report, plan.units.map(declared), project);
}

/** artifacts.json: what was built now, and what earlier builds left that still holds. */
async function updateReport(
  { project, plan }: OpenProject,
  results: readonly UnitResult[],
  earlier: ArtifactsReport | undefined,
) {
  const path = posix.join(project.output, REPORT);
  const absolute = join(project.root, path);
  const locate = (zip: string) => join(project.root, zip);
  const built = results.flatMap((result) =>
    result.kind === 'failed' ? [] : [artifactOf(described(result), result.digest)],
  );
  const kept = await stillThere(earlier, plan.units.map(declared), locate);
  await writeReport(absolute, mergeReport(built, kept));
  return path;
}

function described({ unit, packages }: FinishedUnit): DescribedUnit {
  const { handler, runtime, architecture } = unit;
  return {
    ...declared(unit),
    ...(handler !== undefined && { handler }),
    runtime,
    architecture,
    ...(packages && { packages }),
  };
}

function declared({ kind, name, zip }: BuildPlan['units'][number]) {
  return { kind, name, path: zip };
}
