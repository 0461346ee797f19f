import { follow } from './paths/follow.js';
import { type Tree, unpacked } from './paths/tree.js';
import type { Include } from './unit.js';

/** What small code has at most. Packing that much takes some milliseconds. */
const FILES = 100;
const BYTES = 1 << 20;

interface Extent {
  readonly files: number;
  readonly bytes: number;
}

const nothing: Extent = { files: 0, bytes: 0 };

/**
 * Tells whether what is included is small, by what lies there: more may be left out by patterns of
 * a unit than is counted here. Stops counting at what is not small.
 * @param isLeftOut whether a path is not packed, whatever includes it
 */
export function codeMeasure(
  tree: Tree,
  isLeftOut: (path: string) => boolean,
): (includes: readonly Include[]) => boolean {
  const known = new Map<string, Extent>();
  function below(folder: string): Extent {
    const found = known.get(folder);
    if (found !== undefined) return found;
    let extent = nothing;
    for (const name of tree.names(folder)) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (unpacked.has(name) || name.endsWith('.pyc') || isLeftOut(path)) continue;
      const isFolder = tree.entry(path).kind === 'directory';
      extent = sum(extent, isFolder ? below(path) : file(path));
      if (!isSmall(extent)) break;
    }
    known.set(folder, extent);
    return extent;
  }
  const file = (path: string): Extent => ({ files: 1, bytes: tree.size(path) });
  return (includes) => {
    const extents = includes.map(({ from }) => {
      const end = follow(tree, from);
      if (end.kind === 'directory') return below(end.path);
      return end.kind === 'file' ? file(end.path) : nothing;
    });
    return isSmall(extents.reduce(sum, nothing));
  };
}

function sum(one: Extent, other: Extent): Extent {
  return { files: one.files + other.files, bytes: one.bytes + other.bytes };
}

function isSmall({ files, bytes }: Extent): boolean {
  return files <= FILES && bytes <= BYTES;
}
