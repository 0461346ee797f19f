import { copyFile, readFile } from 'node:fs/promises';
import { type ResolvedPackage, readResolved } from '../artifacts/index.js';
import { below, walk } from '../context/index.js';
import { bytecodeOfPackages, type PlannedBytecode, type PlannedUnit } from '../plan/index.js';
import { type Compiler, compiledBelow, withBytecode } from './bytecode.js';
import { tooLarge } from './join-zips.js';
import type { SetCache } from './set-cache.js';
import { writeZip } from './zip.js';
import { type OpenZip, openZip, zipLimits } from './zip-records.js';

/** Where packages go in a unit's zip. */
type Prefix = PlannedUnit['packagesPrefix'];

/** How packages lie in a zip. */
export interface Packing {
  readonly prefix: Prefix;
  readonly bytecode: PlannedBytecode;
}

/** A set as units are given it. */
export interface PackageZips {
  /** By the key of their packing. Deflated once, they are joined with each unit's code. */
  readonly zips: ReadonlyMap<string, OpenZip>;
  readonly packages: readonly ResolvedPackage[];
}

/** What an install has left. */
export interface Installed {
  /** Absolute path of the folder with the packages. */
  readonly folder: string;
  /** Absolute path of the file that tells which they are. */
  readonly resolved: string;
}

/** A set, and how its units want its packages packed; no two alike. */
export interface WantedZips {
  readonly cache: SetCache;
  /** The set's key. */
  readonly key: string;
  readonly packings: readonly Packing[];
}

/** What an earlier build has kept; undefined unless it is all there and whole. */
export async function openKept({
  cache,
  key,
  packings,
}: WantedZips): Promise<PackageZips | undefined> {
  const told = await cache.find(resolvedName(key));
  const packages = told === undefined ? undefined : await readPackages(told);
  if (packages === undefined) return undefined;
  const zips = new Map<string, OpenZip>();
  for (const packing of packings) {
    const path = await cache.find(zipName(key, packing));
    const zip = path === undefined ? undefined : await openZip(path).catch(() => undefined);
    if (zip === undefined) {
      await closeZips([{ zips }]);
      return undefined;
    }
    zips.set(packingKey(packing), zip);
  }
  return { zips, packages };
}

/**
 * Zips what is installed in a folder, and keeps the zips.
 * @throws Problem for what a zip cannot hold
 */
export async function zipPackages(
  { folder, resolved }: Installed,
  { cache, key, packings }: WantedZips,
  compiler: Compiler,
): Promise<PackageZips> {
  const packages = await readPackages(resolved);
  if (packages === undefined) throw new Error(`install.py told nothing in ${resolved}`);
  const entries = await walk(folder);
  const zips = new Map<string, OpenZip>();
  for (const [index, packing] of packings.entries()) {
    const { prefix, bytecode } = packing;
    const compiled = await compiledBelow(compiler, bytecode, folder, `${folder}-compiled-${index}`);
    const path = cache.prepare();
    const packed = below(prefix, withBytecode(entries, compiled));
    const { size, entries: count } = await writeZip(packed, path);
    if (count > zipLimits.entries || size > zipLimits.bytes) throw tooLarge();
    // Opened before it has a name by which another process could replace it.
    zips.set(packingKey(packing), await openZip(path));
    await cache.keep(zipName(key, packing), path);
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

/** How a unit wants the packages that it has. */
export function packingOf(unit: PlannedUnit): Packing {
  return { prefix: unit.packagesPrefix, bytecode: bytecodeOfPackages(unit) };
}

/** What tells packings apart: by the bytecode's kind, its place follows from the prefix. */
export function packingKey({ prefix, bytecode }: Packing): string {
  return [prefix, bytecode.kind].filter((part) => part !== '' && part !== 'none').join('.');
}

function zipName(key: string, packing: Packing): string {
  const packed = packingKey(packing);
  return `${key}${packed === '' ? '' : `.${packed}`}.zip`;
}

function resolvedName(key: string): string {
  return `${key}.resolved`;
}
