import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context/index.js';
import type { BuildPlan, PlannedUnit } from '../plan/index.js';
import { ignorePatterns } from '../project/index.js';
import type { HostBuild, HostOptions, HostResult } from './host-build.js';
import { type InstalledSet, installSets } from './install-sets.js';
import { packUnit } from './pack-unit.js';
import { closeZips, packingKey, packingOf } from './package-zips.js';
import { diagnosticOf, interrupted } from './problem.js';
import { type Compilers, createCompilers } from './pythons.js';

/**
 * Packs units on the machine itself, and tells each when it is done: first those that need no
 * packages, then as their sets are installed. One set or unit that fails keeps no other from being
 * packed. Units are zipped one after another (each by all processors), so that memory holds one.
 * @param units of the plan; what `refuseWhatNeedsDocker` says of them is the caller's to respect
 * @throws PkgrError (exit code 130) when it is interrupted
 */
export async function* packOnHost(
  plan: BuildPlan,
  units: readonly PlannedUnit[],
  options: HostOptions,
): AsyncGenerator<HostResult, void, undefined> {
  const leave = new AbortController();
  const signal =
    options.signal === undefined ? leave.signal : AbortSignal.any([leave.signal, options.signal]);
  const build: HostBuild = {
    plan,
    options,
    environment: options.environment ?? process.env,
    signal,
  };
  if (signal.aborted) throw interrupted();
  const context = { root: options.root, ignore: ignorePatterns(plan.ignore) };
  await mkdir(join(options.work, 'zips'), { recursive: true });
  const compilers = createCompilers(build);
  const sets = await installSets(build, context, units, compilers.pythonOf);
  try {
    for await (const { id, outcome } of asTheyCome(sets)) {
      for (const [index, unit] of units.entries()) {
        if (unit.dependencies !== id) continue;
        if (signal.aborted) throw interrupted();
        const file = join(options.work, 'zips', `${index}.zip`);
        yield await packed(build, { context, compilers }, unit, outcome, file);
      }
    }
  } finally {
    // Also when the caller has heard enough: nothing may go on behind its back.
    leave.abort();
    const outcomes = await Promise.all(sets.values());
    await closeZips(outcomes.flatMap((one) => (one.kind === 'installed' ? one.set : [])));
  }
}

type Outcome = InstalledSet | { readonly kind: 'nothing-to-install' };

/** Nothing for the units without packages, then each set when it is installed or has failed. */
async function* asTheyCome(sets: ReadonlyMap<string, Promise<InstalledSet>>) {
  const none: Outcome = { kind: 'nothing-to-install' };
  yield { id: undefined, outcome: none };
  const waiting = new Map([...sets].map(([id, installed]) => [id, named(id, installed)] as const));
  while (waiting.size > 0) {
    const next = await Promise.race(waiting.values());
    waiting.delete(next.id);
    yield next;
  }
}

async function named(id: string, installed: Promise<InstalledSet>) {
  const outcome: Outcome = await installed;
  return { id, outcome };
}

async function packed(
  build: HostBuild,
  { context, compilers }: { readonly context: Context; readonly compilers: Compilers },
  unit: PlannedUnit,
  outcome: Outcome,
  file: string,
): Promise<HostResult> {
  if (outcome.kind === 'ended') throw outcome.error;
  if (outcome.kind === 'failed') return { kind: 'failed', unit, diagnostic: outcome.diagnostic };
  const start = performance.now();
  try {
    build.options.onEvent?.({ kind: 'packing', unit });
    const set = outcome.kind === 'installed' ? outcome.set : undefined;
    const zip = set?.zips.get(packingKey(packingOf(unit)));
    const digest = await packUnit(context, unit, zip, file, await compilers.of(unit));
    const seconds = (performance.now() - start) / 1000;
    const packages = set && { packages: set.packages };
    return { kind: 'packed', unit, file, digest, ...packages, seconds };
  } catch (error) {
    await rm(file, { force: true });
    return { kind: 'failed', unit, diagnostic: diagnosticOf(error, unit.name, unit.at) };
  }
}
