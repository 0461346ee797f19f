import { createHash } from 'node:crypto';
import type { Content } from '../artifacts/index.js';

/** Hexadecimal digits of a hash: enough to tell a change. */
const DIGITS = 12;

/** A file, a link or an empty folder, with a hash of its content and kind. */
export interface HashedEntry {
  /** Path in the folder; that of an empty folder has a slash at its end. */
  readonly name: string;
  readonly hash: string;
}

/** The first digits of a sha256. */
export function shortHash(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, DIGITS);
}

/** A folder while its hash is made: hashes of files, and folders, by name. */
export interface FolderNode {
  readonly files: Map<string, string>;
  readonly folders: Map<string, FolderNode>;
  /** Of a folder whose files are not listed. */
  readonly given?: string;
}

/**
 * What a folder holds as one hash, and as a list of at most `limit` entries. Where a folder has more,
 * those that lie deepest are listed as folders, each with its own hash. Such a hash is made of the
 * hashes one level below, so that a list that goes deeper can be compared with one that does not.
 */
export function summarise(entries: readonly HashedEntry[], limit: number): Content {
  const root = treeOf(entries);
  return { content: hashOf(root), entries: listed(root, limit) };
}

/** Entries as a tree; a name with a slash at its end is a folder of which only the hash is known. */
export function treeOf(entries: readonly HashedEntry[]): FolderNode {
  const root = newFolder();
  for (const { name, hash } of entries) {
    const parts = name.split('/');
    const last = parts.pop() ?? '';
    const isFolder = last === '';
    const own = isFolder ? (parts.pop() ?? '') : last;
    let folder = root;
    for (const part of parts) {
      const next = folder.folders.get(part) ?? newFolder();
      folder.folders.set(part, next);
      folder = next;
    }
    if (isFolder) folder.folders.set(own, { ...newFolder(), given: hash });
    else folder.files.set(own, hash);
  }
  return root;
}

/** The hash of a folder: of the names and hashes of what is directly in it. */
export function hashOf({ files, folders, given }: FolderNode): string {
  if (given !== undefined) return given;
  const lines = [
    ...[...files].map(([name, hash]) => `${name}\0${hash}\n`),
    ...[...folders].map(([name, folder]) => `${name}/\0${hashOf(folder)}\n`),
  ];
  return shortHash(lines.sort().join(''));
}

/** The hash of a folder with nothing in it. */
export const emptyFolder = hashOf(newFolder());

function newFolder(): FolderNode {
  return { files: new Map(), folders: new Map() };
}

/** Folders are opened level by level as long as what is in them still fits. */
function listed(root: FolderNode, limit: number): Readonly<Record<string, string>> {
  const list = new Map<string, string>();
  // The folder itself would be an entry too, if it were not opened.
  let room = limit - 1;
  const waiting = [{ name: '', folder: root }];
  for (const { name, folder } of waiting) {
    const inside = folder.files.size + folder.folders.size;
    if (folder.given !== undefined || inside === 0 || inside - 1 > room) continue;
    room -= inside - 1;
    list.delete(name);
    for (const [file, hash] of folder.files) list.set(name + file, hash);
    const sorted = [...folder.folders].sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [child, inner] of sorted) {
      list.set(`${name}${child}/`, hashOf(inner));
      waiting.push({ name: `${name}${child}/`, folder: inner });
    }
  }
  return Object.fromEntries([...list].sort(([one], [other]) => (one < other ? -1 : 1)));
}
