import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { variableSecret } from '../dockerfile/index.js';
import { currentGeneration, newGeneration, type Progress } from '../engine/index.js';
import { derivedStages, type PlannedUnit } from '../plan/index.js';
import { type BuildActivity, dockerActivity } from './activity.js';
import { lookAtImages } from './base-images.js';
import type { EngineBuild, EngineResult } from './build-result.js';
import { type FetchResult, fetchChanged } from './fetch-changed.js';
import type { OpenProject } from './open.js';
import { copyPrograms } from './programs.js';
import { type SecretOptions, secretFiles } from './secrets.js';
import type { SolveSetting } from './solve-units.js';

export interface DockerOptions extends SecretOptions {
  /** Images or folders by the names under which the plan uses them, as `--build-context` takes them. */
  readonly namedContexts: Readonly<Record<string, string>>;
  readonly noCache: boolean;
  /** A builder of docker buildx other than the one that is chosen. */
  readonly builder?: string;
  readonly signal?: AbortSignal;
  onActivity?(activity: BuildActivity): void;
  /** Told every line of every step, and where the Dockerfile is, which is kept then. */
  debug?(line: string): void;
}

/**
 * Builds with the engine and fetches the zips that differ from what is on disk.
 * @param secretValues values of secret variables, by name
 */
export async function buildWithDocker(
  open: OpenProject,
  units: readonly PlannedUnit[],
  options: DockerOptions,
  secretValues: ReadonlyMap<string, string>,
): Promise<EngineBuild> {
  const { project, plan } = open;
  const workspace = await mkdtemp(join(tmpdir(), 'pkgr-'));
  try {
    await copyPrograms(workspace);
    const activity = dockerActivity(plan);
    const generation = options.noCache
      ? newGeneration(options.environment)
      : await currentGeneration(options.environment);
    const setting: SolveSetting = {
      ...options,
      ...(generation && { generation: generation.name }),
      plan,
      project,
      programs: workspace,
      onProgress: (progress) => options.onActivity?.(activity(progress)),
      secrets: [...secretFiles(plan, units, project.root, options)].map(([id, file]) => ({
        id,
        file,
      })),
      secretValues: new Map(
        [...secretValues].map(([name, value]) => [variableSecret(name).id, value]),
      ),
    };
    const looking = lookAtImages(plan, units, options);
    const first = await fetchChanged(setting, units, options.noCache);
    await generation?.keep();
    const results = new Map(first.results);
    const moved = units.filter(({ name }) => hasMoved(results.get(name)));
    if (moved.length > 0) {
      // Edited between the solves, or of two results Docker has forgotten one: asked anew, once.
      const next = newGeneration(options.environment);
      const second = await fetchChanged({ ...setting, generation: next.name }, moved, false);
      await next.keep();
      for (const [name, result] of second.results) results.set(name, result);
    }
    const seconds = unitSeconds(first.progress);
    const built = units.map((unit): EngineResult => {
      const result = results.get(unit.name);
      if (result === undefined) throw new Error(`the engine said nothing of ${unit.name}`);
      if (result.kind === 'failed') return { unit, ...result };
      return { unit, ...result, seconds: seconds(unit) };
    });
    return { results: built, images: (await looking)(first.progress) };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

function hasMoved(result: FetchResult | undefined): boolean {
  return result?.kind === 'failed' && result.diagnostic.code === 'digest-mismatch';
}

/** Seconds of the steps that ran for a unit alone; what it shares with others is nobody's. */
function unitSeconds(progress: Progress | undefined): (unit: PlannedUnit) => number {
  const milliseconds = new Map<string, number>();
  for (const { stage, cached, started, completed } of progress?.steps.values() ?? []) {
    if (stage === undefined || cached || started === undefined || completed === undefined) continue;
    milliseconds.set(stage, (milliseconds.get(stage) ?? 0) + completed - started);
  }
  return ({ target }) => {
    const stages = [target, ...Object.values(derivedStages).map((suffix) => target + suffix)];
    return stages.reduce((sum, stage) => sum + (milliseconds.get(stage) ?? 0), 0) / 1000;
  };
}
