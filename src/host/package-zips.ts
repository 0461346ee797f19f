import type { PlannedUnit } from '../plan/index.js';
import { tooLarge } from './join-zips.js';
import type { SetCache } from './set-cache.js';
import { below } from './tree.js';
import { walk } from './walk.js';
import { writeZip } from './zip.js';
import { type OpenZip, openZip, zipLimits } from './zip-records.js';

/** Where packages go in a unit's zip. */
type Prefix = PlannedUnit['packagesPrefix'];

/** Zips of one set's packages, by their place. Deflated once, they are joined with each unit's code. */
export type PackageZips = ReadonlyMap<Prefix, OpenZip>;

/** A set, and the places that its units want its packages in. */
export interface WantedZips {
  readonly cache: SetCache;
  /** The set's key. */
  readonly key: string;
  readonly prefixes: readonly Prefix[];
}

/** The zips that an earlier build has kept; undefined unless they are all there and whole. */
export async function openKept({ cache, key, prefixes }: WantedZips) {
  const zips = new Map<Prefix, OpenZip>();
  for (const prefix of prefixes) {
    const path = await cache.find(zipName(key, prefix));
    const zip = path === undefined ? undefined : await openZip(path).catch(() => undefined);
    if (zip === undefined) {
      await closeZips([zips]);
      return undefined;
    }
    zips.set(prefix, zip);
  }
  return zips;
}

/**
 * Zips what is installed in a folder, and keeps the zips.
 * @throws Problem for what a zip cannot hold
 */
export async function zipPackages(
  folder: string,
  { cache, key, prefixes }: WantedZips,
): Promise<PackageZips> {
  const entries = await walk(folder);
  const zips = new Map<Prefix, OpenZip>();
  for (const prefix of prefixes) {
    const path = cache.prepare();
    const { size, entries: count } = await writeZip(below(prefix, entries), path);
    if (count > zipLimits.entries || size > zipLimits.bytes) throw tooLarge();
    // Opened before it has a name by which another process could replace it.
    zips.set(prefix, await openZip(path));
    await cache.keep(zipName(key, prefix), path);
  }
  return zips;
}

export async function closeZips(all: readonly PackageZips[]): Promise<void> {
  const handles = new Set(all.flatMap((zips) => [...zips.values()].map(({ handle }) => handle)));
  await Promise.all([...handles].map((handle) => handle.close()));
}

function zipName(key: string, prefix: Prefix): string {
  return `${key}${prefix === '' ? '' : `.${prefix}`}.zip`;
}
