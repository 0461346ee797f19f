import { copyFile, readFile } from 'node:fs/promises';
import { type ResolvedPackage, readResolved } from '../artifacts/index.js';
import { below, walk } from '../context/index.js';
import type { PlannedUnit } from '../plan/index.js';
import { tooLarge } from './join-zips.js';
import type { SetCache } from './set-cache.js';
import { writeZip } from './zip.js';
import { type OpenZip, openZip, zipLimits } from './zip-records.js';

/** Where packages go in a unit's zip. */
type Prefix = PlannedUnit['packagesPrefix'];

/** A set as units are given it. */
export interface PackageZips {
  /** By the packages' place in the zip. Deflated once, they are joined with each unit's code. */
  readonly zips: ReadonlyMap<Prefix, OpenZip>;
  readonly packages: readonly ResolvedPackage[];
}

/** What an install has left. */
export interface Installed {
  /** Absolute path of the folder with the packages. */
  readonly folder: string;
  /** Absolute path of the file that tells which they are. */
  readonly resolved: string;
}

/** A set, and the places that its units want its packages in. */
export interface WantedZips {
  readonly cache: SetCache;
  /** The set's key. */
  readonly key: string;
  readonly prefixes: readonly Prefix[];
}

/** What an earlier build has kept; undefined unless it is all there and whole. */
export async function openKept({
  cache,
  key,
  prefixes,
}: WantedZips): Promise<PackageZips | undefined> {
  const told = await cache.find(resolvedName(key));
  const packages = told === undefined ? undefined : await readPackages(told);
  if (packages === undefined) return undefined;
  const zips = new Map<Prefix, OpenZip>();
  for (const prefix of prefixes) {
    const path = await cache.find(zipName(key, prefix));
    const zip = path === undefined ? undefined : await openZip(path).catch(() => undefined);
    if (zip === undefined) {
      await closeZips([{ zips }]);
      return undefined;
    }
    zips.set(prefix, zip);
  }
  return { zips, packages };
}

/**
 * Zips what is installed in a folder, and keeps the zips.
 * @throws Problem for what a zip cannot hold
 */
export async function zipPackages(
  { folder, resolved }: Installed,
  { cache, key, prefixes }: WantedZips,
): Promise<PackageZips> {
  const packages = await readPackages(resolved);
  if (packages === undefined) throw new Error(`install.py told nothing in ${resolved}`);
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
  const copy = cache.prepare();
  await copyFile(resolved, copy);
  await cache.keep(resolvedName(key), copy);
  return { zips, packages };
}

export async function closeZips(all: readonly Pick<PackageZips, 'zips'>[]): Promise<void> {
  const handles = new Set(all.flatMap(({ zips }) => [...zips.values()].map((zip) => zip.handle)));
  await Promise.all([...handles].map((handle) => handle.close()));
}

async function readPackages(path: string): Promise<readonly ResolvedPackage[] | undefined> {
  try {
    return readResolved(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function zipName(key: string, prefix: Prefix): string {
  return `${key}${prefix === '' ? '' : `.${prefix}`}.zip`;
}

function resolvedName(key: string): string {
  return `${key}.resolved`;
}
