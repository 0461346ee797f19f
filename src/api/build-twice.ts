import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Diagnostic, ExitCode } from '../diagnostics/index.js';
import { withLayers } from '../plan/index.js';
import { type BuildOptions, build, buildZips } from './build.js';
import {
  type BuildResult,
  buildExitCode,
  type EngineResult,
  type FailedUnit,
} from './build-result.js';
import { type BuiltDifference, compareBuilt } from './compare-built.js';
import { notReproducible } from './not-reproducible.js';
import type { OpenProject } from './open.js';
import { secretValues } from './secrets.js';
import { unitsToBuild } from './units-to-build.js';

export interface BuiltTwice {
  /** The second build, whose zips are those in the output folder. */
  readonly built: BuildResult;
  /** Names of units whose zips are the same to the last byte, in the manifest's order. */
  readonly same: readonly string[];
  readonly different: readonly BuiltDifference[];
  /** What is told of those that are different. */
  readonly diagnostics: readonly Diagnostic[];
  /** Units that the first build could not build and the second one could. */
  readonly failedFirst: readonly FailedUnit[];
}

/**
 * Builds twice, both times without the cache, and compares the zips. Those of the first build go into
 * a folder that is removed; the second is a build like any other, whose results later builds take.
 * @throws PkgrError as `build` does
 */
export async function buildTwice(open: OpenProject, options: BuildOptions): Promise<BuiltTwice> {
  const { plan, project } = open;
  const units = unitsToBuild(plan, options.units, options.functionName);
  // What is to be told before a build, the second one tells.
  const { onNotices: _, ...quiet } = options;
  const { values } = secretValues(project, plan, withLayers(plan, units, []), options);
  const into = await mkdtemp(join(tmpdir(), 'pkgr-'));
  try {
    const anew = { ...quiet, noCache: true, into };
    const first = anew.engine === 'docker' ? { ...anew, verify: false } : anew;
    const { results } = await buildZips(open, units, first, values);
    const built = await build(open, { ...options, noCache: true });
    return { built, ...(await compare(open, results, built, into)) };
  } finally {
    await rm(into, { recursive: true, force: true });
  }
}

async function compare(
  { project }: OpenProject,
  results: readonly EngineResult[],
  built: BuildResult,
  into: string,
): Promise<Omit<BuiltTwice, 'built'>> {
  const same: string[] = [];
  const different: BuiltDifference[] = [];
  const failedFirst: FailedUnit[] = [];
  for (const second of built.units) {
    const first = results.find(({ unit }) => unit === second.unit);
    if (second.kind === 'failed' || first === undefined) continue;
    if (first.kind === 'failed') failedFirst.push(first);
    else if (first.digest.sha256 === second.digest.sha256) same.push(second.unit.name);
    else different.push(await compareBuilt(first, second, into, project.root));
  }
  return { same, different, failedFirst, diagnostics: different.map(notReproducible) };
}

/** As of a build, where a unit that comes to two zips has failed. */
export function builtTwiceExitCode({ built, different, failedFirst }: BuiltTwice): ExitCode {
  const code = buildExitCode({ ...built, units: [...built.units, ...failedFirst] });
  return different.length > 0 ? ExitCode.buildFailed : code;
}
