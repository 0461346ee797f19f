import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join, sep } from 'node:path';
import { systemErrorCode } from '../system-error.js';

/** What is at a path, without following a link. */
export type TreeEntry =
  | { readonly kind: 'file' | 'directory' }
  /** A socket, a device or a pipe. */
  | { readonly kind: 'special' }
  | { readonly kind: 'link'; readonly target: string }
  /** `reason` is the system's code when it is another than that there is nothing. */
  | { readonly kind: 'missing'; readonly reason?: string };

/**
 * The project folder as it was when each of its paths was first asked for: a thousand units that
 * share a path look at it once. Paths are POSIX below the root, '' is the root.
 */
export interface Tree {
  /** Absolute path of the folder, and what messages call it. */
  readonly root: string;
  readonly called: string;
  entry(path: string): TreeEntry;
  /** The names in a folder, sorted; none when it cannot be read. */
  names(path: string): readonly string[];
  /** Bytes of a file, as it is now; 0 when that cannot be known. */
  size(path: string): number;
}

/** Folders that are never packed: version control and Python's caches. They are often full of links to the system. */
export const unpacked: ReadonlySet<string> = new Set(['.git', '.pkgr', '__pycache__']);

export function createTree(root: string, called = 'the folder of the manifest'): Tree {
  const entries = new Map<string, TreeEntry>();
  const listings = new Map<string, readonly string[]>();
  return {
    root,
    called,
    entry: (path) => remember(entries, path, () => lookAt(join(root, path))),
    names(path) {
      return remember(listings, path, () => {
        const found = list(join(root, path));
        for (const { name, kind } of found) {
          // A listing tells files and folders apart, which saves a look at each.
          if (kind === undefined) continue;
          const below = path === '' ? name : `${path}/${name}`;
          if (!entries.has(below)) entries.set(below, { kind });
        }
        return found.map(({ name }) => name);
      });
    },
    size: (path) => sizeOf(join(root, path)),
  };
}

function remember<T>(known: Map<string, T>, key: string, find: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = find();
  known.set(key, value);
  return value;
}

function lookAt(path: string): TreeEntry {
  try {
    // The root itself may be reached through a link: that is the user's own choice of a folder.
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) {
      return { kind: 'link', target: readlinkSync(path).split(sep).join('/') };
    }
    if (stat.isDirectory()) return { kind: 'directory' };
    return { kind: stat.isFile() ? 'file' : 'special' };
  } catch (error) {
    const code = systemErrorCode(error);
    const isAbsent = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(code);
    return isAbsent ? { kind: 'missing' } : { kind: 'missing', reason: code };
  }
}

function sizeOf(path: string): number {
  try {
    return lstatSync(path).size;
  } catch (error) {
    systemErrorCode(error);
    return 0;
  }
}

function list(path: string): readonly { name: string; kind: 'file' | 'directory' | undefined }[] {
  try {
    const found = readdirSync(path, { withFileTypes: true });
    return found
      .map((entry) => ({
        name: entry.name,
        kind: entry.isFile()
          ? ('file' as const)
          : entry.isDirectory()
            ? ('directory' as const)
            : undefined,
      }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    systemErrorCode(error);
    return [];
  }
}
