import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PkgrError } from '../diagnostics/index.js';
import type { PlannedUnit } from '../plan/index.js';
import { type FirstDifference, firstByte, firstDifference, openZip } from '../zip/index.js';
import type { FinishedUnit } from './build-result.js';

/** In what the two zips of a unit differ, which were made of the same. */
export interface BuiltDifference {
  readonly unit: PlannedUnit;
  readonly first:
    | FirstDifference
    /** What they unpack to is the same, or cannot be told: where the zips themselves differ. */
    | { readonly kind: 'zip'; readonly byte: number };
  /** Paths of the other entries that differ. */
  readonly others: readonly string[];
  /** Packages of which the two builds installed two versions: those of the first and the second. */
  readonly versions: readonly (readonly [name: string, first: string, second: string])[];
  /** Names of the packages that were built from source. */
  readonly compiled: readonly string[];
}

/**
 * Finds the first difference between two zips of one unit.
 * @param into absolute path of the folder with the first build's zips
 * @param root absolute path of that with the second's
 */
export async function compareBuilt(
  { packages: before = [] }: FinishedUnit,
  { unit, packages = [] }: FinishedUnit,
  into: string,
  root: string,
): Promise<BuiltDifference> {
  const paths = [join(into, unit.zip), join(root, unit.zip)] as const;
  const versions = packages.flatMap(({ name, version }) => {
    const earlier = before.find((each) => each.name === name)?.version ?? version;
    return earlier === version ? [] : [[name, earlier, version] as const];
  });
  const compiled = packages.filter(isBuilt).map(({ name }) => name);
  const found = entriesOf(paths) ?? {
    first: {
      kind: 'zip' as const,
      byte: firstByte(await readFile(paths[0]), await readFile(paths[1])),
    },
    others: [],
  };
  return { unit, ...found, versions, compiled };
}

function entriesOf([one, other]: readonly [string, string]) {
  try {
    const first = openZip(one);
    try {
      const second = openZip(other);
      try {
        return firstDifference(first, second);
      } finally {
        second.close();
      }
    } finally {
      first.close();
    }
  } catch (error) {
    // A zip may hold what is refused in zips of others, such as a link that leads out of it.
    if (error instanceof PkgrError) return undefined;
    throw error;
  }
}

/** Whether pip was given no wheel of a package. */
function isBuilt({ archive, path, url }: NonNullable<FinishedUnit['packages']>[number]): boolean {
  const from = archive ?? path ?? url;
  return from !== undefined && !from.endsWith('.whl');
}
