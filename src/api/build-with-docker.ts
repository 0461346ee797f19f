import { newGeneration, type Progress } from '../engine/index.js';
import { type BuildPlan, derivedStages, type PlannedUnit } from '../plan/index.js';
import { lookAtImages } from './base-images.js';
import type { EngineBuild, EngineResult } from './build-result.js';
import { type FetchResult, fetchChanged } from './fetch-changed.js';
import type { OpenProject } from './open.js';
import { type EngineOptions, withEngine } from './with-engine.js';

export interface DockerOptions extends EngineOptions {
  /** Whether the units are verified in the same solve. */
  readonly verify?: boolean;
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
  const verified = options.verify ? units.filter(({ verify }) => verify !== undefined) : [];
  return withEngine(open, units, verified, options, secretValues, async (engine) => {
    const { setting, keepGeneration } = engine;
    const looking = lookAtImages(open.plan, units, options);
    const first = await fetchChanged(setting, units, options.noCache, verified);
    await keepGeneration();
    const results = new Map(first.results);
    const moved = units.filter(({ name }) => hasMoved(results.get(name)));
    if (moved.length > 0) {
      // Edited between the solves, or of two results Docker has forgotten one: asked anew, once.
      const next = newGeneration(options.environment);
      const again = { ...setting, generation: next.name };
      const looked = verified.filter((unit) => moved.includes(unit));
      const second = await fetchChanged(again, moved, false, looked);
      await next.keep();
      for (const [name, result] of second.results) results.set(name, result);
    }
    const seconds = unitSeconds(open.plan, first.progress);
    const built = units.map((unit): EngineResult => {
      const result = results.get(unit.name);
      if (result === undefined) throw new Error(`the engine said nothing of ${unit.name}`);
      if (result.kind === 'failed') return { unit, ...result };
      return { unit, ...result, seconds: seconds(unit) };
    });
    return { results: built, images: (await looking)(first.progress) };
  });
}

function hasMoved(result: FetchResult | undefined): boolean {
  return result?.kind === 'failed' && result.diagnostic.code === 'digest-mismatch';
}

/**
 * Seconds of the steps that ran for a unit alone, and its share of one that packs several; what else
 * it has in common with others is nobody's.
 */
function unitSeconds(
  { zipBatches }: BuildPlan,
  progress: Progress | undefined,
): (unit: PlannedUnit) => number {
  const milliseconds = new Map<string, number>();
  for (const { stage, cached, started, completed } of progress?.steps.values() ?? []) {
    if (stage === undefined || cached || started === undefined || completed === undefined) continue;
    milliseconds.set(stage, (milliseconds.get(stage) ?? 0) + completed - started);
  }
  for (const { id, units } of zipBatches) {
    const together = milliseconds.get(id);
    if (together !== undefined) milliseconds.set(id, together / units.length);
  }
  return ({ target, zipBatch = '' }) => {
    const stages = [target, target + derivedStages.code, target + derivedStages.zip, zipBatch];
    return stages.reduce((sum, stage) => sum + (milliseconds.get(stage) ?? 0), 0) / 1000;
  };
}
