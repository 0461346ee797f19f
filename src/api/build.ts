import { join } from 'node:path';
import { type ArtifactsReport, readReport, removeGone } from '../artifacts/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import { type BuildPlan, type PlannedUnit, withLayers } from '../plan/index.js';
import { judge, type Looked } from '../verify/index.js';
import { auditResults } from './audit-results.js';
import type { HostOptions } from './build-on-host.js';
import type { BuildResult, EngineBuild, EngineResult } from './build-result.js';
import { buildWithDocker, type DockerOptions } from './build-with-docker.js';
import type { OpenProject } from './open.js';
import { declared, reportBuild, reportPath } from './report-build.js';
import { secretValues } from './secrets.js';
import { inputsOf } from './unit-inputs.js';
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

/**
 * Builds zips into the output folder, each replaced whole and only when its bytes change, and
 * writes artifacts.json beside them. Units that cannot be built are in the result and keep no other
 * from being built.
 * @throws PkgrError when nothing can be built at all, or the build is interrupted.
 */
export async function build(open: OpenProject, options: BuildOptions): Promise<BuildResult> {
  const units = unitsToBuild(open.plan, options.units, options.functionName);
  const { cleansOutput = false } = open.project;
  if (cleansOutput && options.skipClean !== true) await cleanOutput(open);
  const { plan } = open;
  const verified = options.engine === 'docker' && options.verify ? units : [];
  const needed = withLayers(plan, units, verified);
  const secrets = secretValues(open.project, plan, needed, options);
  if (secrets.warnings.length > 0) options.onNotices?.(secrets.warnings);
  // The project is read while the engine works; what it says is only told.
  const inputs = inputsOf(open, units, options.engine);
  // A build that fails before is what is told then.
  inputs.catch(() => {});
  const { results, images } = await buildZips(open, units, options, secrets.values);
  const earlier = await readReport(join(open.project.root, reportPath(open)));
  const verdicts =
    options.engine === 'docker' && options.verify ? judge(open, looked(results)) : undefined;
  const audited = auditResults(open, results, earlier, verdicts);
  const facts = {
    inputs: await inputs,
    audit: audited.audit,
    ...(images && { images }),
    ...(cleansOutput && options.skipClean && { left: goneIn(earlier, plan) }),
  };
  const reported = await reportBuild(open, results, facts, earlier, options.environment);
  return { ...reported, ...audited, ...(verdicts && { verdicts }) };
}

/**
 * Builds zips with the engine that is asked for, and records nothing.
 * @param secretValues values of secret variables, by name
 */
export async function buildZips(
  open: OpenProject,
  units: readonly PlannedUnit[],
  options: BuildOptions,
  secretValues: ReadonlyMap<string, string>,
): Promise<EngineBuild> {
  if (options.engine === 'docker') return buildWithDocker(open, units, options, secretValues);
  const { buildOnHost } = await import('./build-on-host.js');
  return buildOnHost(open, units, options, secretValues);
}

function looked(results: readonly EngineResult[]): readonly Looked[] {
  return results.flatMap((result) => {
    if (result.kind === 'failed') return [];
    const { unit, verification, digest } = result;
    const { findings } = digest;
    return [{ unit, ...(verification && { verification }), ...(findings && { findings }) }];
  });
}

/** What is on record of units that are no longer declared, and of whose zip no other unit's is. */
function goneIn(earlier: ArtifactsReport | undefined, { units }: BuildPlan) {
  const paths = new Set(units.map(({ zip }) => zip));
  return (earlier?.units ?? []).filter(({ path }) => !paths.has(path));
}

/** Removes zips that earlier builds have made of units that are gone; nothing else is touched. */
async function cleanOutput(open: OpenProject): Promise<void> {
  const { project, plan } = open;
  const report = await readReport(join(project.root, reportPath(open)));
  await removeGone(report, plan.units.map(declared), project);
}
