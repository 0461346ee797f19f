import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../artifacts/index.js';
import type { Context } from '../context/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import type { DependencySet, PlannedUnit } from '../plan/index.js';
import type { Runtime } from '../project/index.js';
import type { HostBuild } from './host-build.js';
import { prepareSet } from './install-set.js';
import { createLimit } from './limit.js';
import {
  openKept,
  type PackageZips,
  type Packing,
  packingKey,
  packingOf,
  zipPackages,
} from './package-zips.js';
import { diagnosticOf, interrupted, Problem } from './problem.js';
import type { Interpreter } from './python.js';
import { openSetCache, type SetCache } from './set-cache.js';
import { programsHash } from './set-key.js';

/** How the installing of a set ended. */
export type InstalledSet =
  | { readonly kind: 'installed'; readonly set: PackageZips }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic }
  /** The build is interrupted, or this is a defect: nothing else is to be done. */
  | { readonly kind: 'ended'; readonly error: unknown };

/** What the sets of one build share. */
interface Shared {
  readonly build: HostBuild;
  readonly context: Context;
  readonly cache: SetCache;
  readonly programs: string;
  readonly pythonOf: (runtime: Runtime) => Promise<Interpreter>;
  /** What is being installed, by key and packings. */
  readonly installing: Map<string, Promise<PackageZips>>;
}

/**
 * Starts to install every set that the units need, as many at a time as there are processors. What
 * two sets have in common is installed once. The promises never reject; the zips are to be closed.
 */
export async function installSets(
  build: HostBuild,
  context: Context,
  units: readonly PlannedUnit[],
  pythonOf: Shared['pythonOf'],
): Promise<ReadonlyMap<string, Promise<InstalledSet>>> {
  const wanted = build.plan.dependencySets.flatMap((set) => {
    const users = units.filter(({ dependencies }) => dependencies === set.id);
    return users[0] === undefined ? [] : [{ set, users, architecture: users[0].architecture }];
  });
  if (wanted.length === 0) return new Map();

  const shared: Shared = {
    build,
    context,
    cache: await openCache(build),
    programs: await programsHash(build.options.programs),
    pythonOf,
    installing: new Map(),
  };
  const limit = createLimit(availableParallelism());
  return new Map(
    wanted.map((one, index) => [one.set.id, limit(() => outcomeOf(shared, one, index))]),
  );
}

interface Wanted {
  readonly set: DependencySet;
  readonly users: readonly PlannedUnit[];
  readonly architecture: PlannedUnit['architecture'];
}

async function outcomeOf(shared: Shared, wanted: Wanted, index: number): Promise<InstalledSet> {
  const { set } = wanted;
  const { signal } = shared.build;
  try {
    signal.throwIfAborted();
    return { kind: 'installed', set: await install(shared, wanted, index) };
  } catch (error) {
    if (signal.aborted) return { kind: 'ended', error: interrupted() };
    try {
      return { kind: 'failed', diagnostic: diagnosticOf(error, set.units.join(', '), set.at) };
    } catch (defect) {
      return { kind: 'ended', error: defect };
    }
  }
}

async function install(shared: Shared, wanted: Wanted, index: number): Promise<PackageZips> {
  const { build, context, cache, programs, installing } = shared;
  const { options } = build;
  const { set, users, architecture } = wanted;
  const start = performance.now();
  const { runtime } = set;
  if (runtime === 'any') throw runtimeOfImage();
  const python = await shared.pythonOf(runtime);
  const prepared = await prepareSet({
    build,
    context,
    set,
    runtime,
    architecture,
    python,
    downloads: cache.downloads,
    programs,
    work: join(options.work, 'sets', String(index)),
    onLine: (line) => options.onEvent?.({ kind: 'log', set, line }),
  });
  const packings = packingsOf(users);
  const zips = { cache, key: prepared.key, packings };
  const kept = options.noCache === true ? undefined : await openKept(zips);
  const name = [prepared.key, ...packings.map(packingKey)].join();
  const other = installing.get(name);
  let result = kept ?? other;
  if (result === undefined) {
    options.onEvent?.({ kind: 'installing', set });
    const compiler = { runtime, python, programs: options.programs, signal: build.signal };
    result = prepared.install().then((installed) => zipPackages(installed, zips, compiler));
    installing.set(name, result);
  }
  const installed = await result;
  const seconds = (performance.now() - start) / 1000;
  const cached = kept !== undefined || other !== undefined;
  options.onEvent?.({ kind: 'installed', set, cached, seconds });
  return installed;
}

/** How the users of a set want its packages, each way once. */
function packingsOf(users: readonly PlannedUnit[]): readonly Packing[] {
  const packings = users.map(packingOf);
  const once = new Map(packings.map((packing) => [packingKey(packing), packing]));
  return [...once].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, packing]) => packing);
}

/** `refuseWhatNeedsDocker` says so with the place in the manifest. */
function runtimeOfImage(): Problem {
  return new Problem('needs-docker', 'the Python is that of an image, which only Docker has');
}

/** The user's cache; where it cannot be written, one that lasts as long as this build. */
async function openCache({ environment, options }: HostBuild): Promise<SetCache> {
  return openSetCache(cacheFolder(environment)).catch(() =>
    openSetCache(join(options.work, 'cache')),
  );
}
