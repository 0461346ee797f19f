import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Diagnostic, type ExitCode, PkgrError } from '../diagnostics/index.js';
import { generateSolve, ownContexts, usesSsh, type Wanted } from '../dockerfile/index.js';
import type { Builder, Progress, SecretFile, SolveFailure } from '../engine/index.js';
import { type BuildPlan, derivedStages, type PlannedUnit, withLayers } from '../plan/index.js';
import type { Project } from '../project/index.js';
import { blame } from './blame.js';
import { type Caches, solveWithCaches } from './solve-with-caches.js';

/** What all solves of one build have in common. */
export interface SolveSetting {
  readonly plan: BuildPlan;
  /** Its root is the build context. */
  readonly project: Project;
  /**
   * Absolute path of a folder with the programs, and the name by which the Dockerfile of a solve
   * knows it: another one for other programs, because Docker would not tell them by size and date.
   */
  readonly programs: Readonly<Record<'folder' | 'context', string>>;
  readonly namedContexts: Readonly<Record<string, string>>;
  readonly secrets: readonly SecretFile[];
  /** Values of secrets by id. */
  readonly secretValues: ReadonlyMap<string, string>;
  /** Builders that share the units; those that are chosen in Docker when there are none. */
  readonly builders: readonly Builder[];
  /** The one of them that does a solve. */
  readonly builder?: Builder;
  readonly caches: Caches;
  /** Absolute path of a folder that the zips are put into, instead of the project's. */
  readonly into?: string;
  /** Absolute path of the file that remembers the hashes of the project's zips; absent with another folder. */
  readonly hashes?: string;
  /** Present when a build of this machine has gone past Docker's cache. */
  readonly generation?: string;
  /** Names of units that are packed by themselves; grows when a step that packs several has failed. */
  readonly alone: Set<string>;
  readonly signal?: AbortSignal;
  onProgress?(progress: Progress): void;
  debug?(line: string): void;
  /** Told what the build goes on in spite of. */
  onNotices?(notices: readonly Diagnostic[]): void;
}

/** A unit that cannot be built, and why. */
export interface FailedUnit {
  readonly unit: PlannedUnit;
  readonly diagnostic: Diagnostic;
  readonly exitCode: ExitCode;
}

export interface Solved<T> {
  /** What was received for the units that could be built; undefined when there are none. */
  readonly value: T | undefined;
  readonly failed: readonly FailedUnit[];
  /** Those that could be built and not verified, because an image or a layer could not be had. */
  readonly unverified: readonly FailedUnit[];
  readonly progress: Progress | undefined;
}

/** What one solve brings back. */
export interface Request<T> {
  readonly units: readonly PlannedUnit[];
  readonly wanted: Wanted['kind'];
  /** Which of the units have their zips brought with their digests. */
  readonly withZips?: ReadonlySet<PlannedUnit>;
  /** Which of the units are verified in the same solve. */
  readonly verified?: readonly PlannedUnit[];
  /** Whether everything is done anew. */
  readonly noCache: boolean;
  /** Whether a solve before it was for more units. */
  readonly isPart?: boolean;
  receive(
    tar: Readable,
    units: readonly PlannedUnit[],
    verified: readonly PlannedUnit[],
  ): Promise<T>;
}

/**
 * Solves for all units at once. A step that fails ends the whole solve, so the units that need it
 * are taken out and the rest is solved again, with everything that was finished in Docker's cache.
 * A step that only verifies takes its units out of the verification, and nothing else. When a step
 * that packs several zips fails, each of them is packed by itself, which tells whose fault it is.
 * @throws PkgrError when the failure concerns every unit, such as an engine that does not answer.
 */
export async function solveUnits<T>(
  setting: SolveSetting,
  { units, wanted, withZips, verified = [], noCache, isPart = false, receive }: Request<T>,
): Promise<Solved<T>> {
  const { plan, project, alone, signal, builder, onProgress, debug } = setting;
  const failed: FailedUnit[] = [];
  const unverified: FailedUnit[] = [];
  let remaining = units;
  let verifying = verified;
  let progress: Progress | undefined;
  // Zips are fetched of what the solve before has made, and written to the cache.
  let caches = wanted === 'digests' ? setting.caches : { ...setting.caches, to: [] };
  for (let attempt = 0; remaining.length > 0; attempt += 1) {
    const programs = { kind: 'named-context', name: setting.programs.context } as const;
    const current = remaining;
    const looked = verifying;
    const together: Wanted = {
      kind: wanted,
      units: current,
      withZips: current.filter((unit) => withZips?.has(unit)),
      verified: looked,
      alone,
    };
    const request = {
      ...(await generateSolve(plan, together, programs, setting.generation)),
      context: project.root,
      // Of several builders each has its share, again and again.
      isPart: isPart || (setting.builders.length < 2 && units.length < plan.units.length),
      namedContexts: { ...setting.namedContexts, ...foldersOf(setting, current) },
      secrets: setting.secrets,
      secretValues: setting.secretValues,
      ssh: usesSsh(plan, withLayers(plan, current, looked)),
      // What the first attempt has built anew is new enough for the next one.
      noCache: noCache && attempt === 0,
      ...(builder !== undefined && { builder }),
      ...(signal && { signal }),
      ...(onProgress && { onProgress: (state: Progress) => onProgress(state) }),
      ...(debug && { debug: (line: string) => debug(line) }),
      receive: (tar: Readable) => receive(tar, current, looked),
    };
    const { result, usable } = await solveWithCaches(request, caches, setting.onNotices);
    caches = usable;
    progress = result.progress;
    if (result.kind === 'done') return { value: result.value, failed, unverified, progress };
    const stage = failedStage(result.failure);
    const batch = plan.zipBatches.find(({ id }) => id === stage);
    if (batch !== undefined) {
      for (const name of batch.units) alone.add(name);
      continue;
    }
    // Asked for or not, its batch cannot be packed with it.
    const uncopied = plan.units.find(
      ({ name, target, zipBatch }) =>
        stage === target + derivedStages.code && zipBatch !== undefined && !alone.has(name),
    );
    if (uncopied !== undefined) alone.add(uncopied.name);
    const { diagnostic, exitCode, ...blamed } = blame(
      result.failure,
      setting,
      namesOf(current),
      namesOf(looked),
    );
    if (blamed.units.size + blamed.verifies.size === 0 && uncopied === undefined)
      throw new PkgrError([...failed.map((f) => f.diagnostic), diagnostic], exitCode);
    for (const unit of current) {
      if (blamed.units.has(unit.name)) failed.push({ unit, diagnostic, exitCode });
    }
    for (const unit of looked) {
      const isBuilt = !blamed.units.has(unit.name);
      if (isBuilt && blamed.verifies.has(unit.name))
        unverified.push({ unit, diagnostic, exitCode });
    }
    remaining = current.filter(({ name }) => !blamed.units.has(name));
    verifying = looked.filter(({ name }) => !blamed.units.has(name) && !blamed.verifies.has(name));
  }
  return { value: undefined, failed, unverified, progress };
}

/** The stage that is to blame; a full disk fails whichever comes next. */
function failedStage(failure: SolveFailure): string | undefined {
  return 'stage' in failure && failure.kind !== 'disk-full' ? failure.stage : undefined;
}

function namesOf(units: readonly PlannedUnit[]): ReadonlySet<string> {
  return new Set(units.map(({ name }) => name));
}

/** Absolute paths of the folders that the Dockerfile of a solve knows by names. */
function foldersOf(
  { plan, project, programs }: SolveSetting,
  units: readonly PlannedUnit[],
): Readonly<Record<string, string>> {
  const own = [...ownContexts(plan, units)].map(([id, path]) => [id, join(project.root, path)]);
  return { ...Object.fromEntries(own), [programs.context]: programs.folder };
}
