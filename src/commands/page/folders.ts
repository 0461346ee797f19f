import type { Group } from '../../api/index.js';
import type { PageNode } from './nodes.js';

/** Folders in each other that are told apart; a zip may have a name of thousands. */
const DEEPEST = 12;

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: PageNode[];
}

/**
 * The files of a group as folders, the largest first. A folder with nothing but a folder in it is one
 * with it, and what has fewer than `smallest` bytes is put together, so that a page has an end.
 */
export function foldersOf({ entries }: Group, color: string, smallest: number): PageNode[] {
  const root: Folder = { folders: new Map(), files: [] };
  for (const { path, size, zipped } of entries) {
    const parts = path.split('/');
    const depth = Math.min(parts.length - 1, DEEPEST);
    let folder = root;
    for (const part of parts.slice(0, depth)) {
      const inner = folder.folders.get(part) ?? { folders: new Map(), files: [] };
      folder.folders.set(part, inner);
      folder = inner;
    }
    folder.files.push({ name: parts.slice(depth).join('/'), color, size, zipped, files: 1 });
  }
  return childrenOf(whereItParts(root), color, smallest);
}

/** A package of a layer is below python/, which is no part of it that anybody looks for. */
function whereItParts(folder: Folder): Folder {
  const [only] = folder.folders.values();
  const isWay = folder.files.length === 0 && folder.folders.size === 1;
  return isWay && only !== undefined ? whereItParts(only) : folder;
}

function childrenOf({ folders, files }: Folder, color: string, smallest: number): PageNode[] {
  const inner = [...folders].map(([name, folder]) => folderNode(name, folder, color, smallest));
  const all = [...inner, ...files].sort(largestFirst);
  const first = all.findIndex(({ size }) => size < smallest);
  const small = first < 0 ? [] : all.slice(first);
  if (small.length < 2) return all;
  const together = { ...sumOf(small), color };
  return [
    ...all.slice(0, first),
    { name: `${together.files.toLocaleString('en-US')} small files`, ...together },
  ].sort(largestFirst);
}

function folderNode(name: string, folder: Folder, color: string, smallest: number): PageNode {
  const children = childrenOf(folder, color, smallest);
  const [only] = children;
  if (folder.folders.size === 1 && folder.files.length === 0 && only !== undefined) {
    return { ...only, name: `${name}/${only.name}` };
  }
  return { name, color, ...sumOf(children), children };
}

export function sumOf(nodes: readonly Pick<PageNode, 'size' | 'zipped' | 'files'>[]) {
  return {
    size: nodes.reduce((sum, { size }) => sum + size, 0),
    zipped: nodes.reduce((sum, { zipped }) => sum + zipped, 0),
    files: nodes.reduce((sum, { files }) => sum + files, 0),
  };
}

export function largestFirst(one: PageNode, other: PageNode): number {
  return other.size - one.size || (one.name < other.name ? -1 : 1);
}
