import type { Content } from '../artifacts/index.js';
import { emptyFolder, type FolderNode, hashOf, treeOf } from './folder.js';

/** What has become of a file, or of a folder (with a slash at its end) as far as is known. */
export interface PathChange {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
}

/**
 * What differs between two states of a file or folder.
 * @param path of it; that of a folder has a slash at its end, or is empty
 */
export function contentChanges(path: string, before: Content, now: Content): readonly PathChange[] {
  if (before.content === now.content) return [];
  if (before.entries === undefined || now.entries === undefined) {
    return [{ path, change: 'changed' }];
  }
  return folderChanges(path, nodeOf(before), nodeOf(now));
}

function nodeOf({ entries = {}, content }: Content): FolderNode {
  const list = Object.entries(entries).map(([name, hash]) => ({ name, hash }));
  const node = treeOf(list);
  return list.length === 0 && content !== emptyFolder ? { ...node, given: content } : node;
}

function folderChanges(path: string, before: FolderNode, now: FolderNode): readonly PathChange[] {
  if (hashOf(before) === hashOf(now)) return [];
  if (before.given !== undefined || now.given !== undefined) {
    return [{ path: path === '' ? './' : path, change: 'changed' }];
  }
  const names = new Set(
    [before, now].flatMap(({ files, folders }) => [
      ...files.keys(),
      ...[...folders.keys()].map((name) => `${name}/`),
    ]),
  );
  return [...names].sort().flatMap((name) => {
    if (!name.endsWith('/')) {
      return fileChange(path + name, before.files.get(name), now.files.get(name));
    }
    const [one, other] = [before, now].map(({ folders }) => folders.get(name.slice(0, -1)));
    if (one !== undefined && other !== undefined) return folderChanges(path + name, one, other);
    return { path: path + name, change: one === undefined ? 'added' : 'removed' };
  });
}

function fileChange(
  path: string,
  before: string | undefined,
  now: string | undefined,
): readonly PathChange[] {
  if (before === now) return [];
  if (before === undefined) return [{ path, change: 'added' }];
  return [{ path, change: now === undefined ? 'removed' : 'changed' }];
}
