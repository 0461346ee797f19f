import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { remembered } from './remembered.js';

/** What a path of the project is, links followed. */
export type Found =
  /** `real` is the absolute path without links. */
  | { readonly kind: 'file' | 'directory'; readonly real: string }
  | { readonly kind: 'missing' }
  /** A link leads out of the project. */
  | { readonly kind: 'link-outside' }
  | { readonly kind: 'unreadable'; readonly why: string };

export type FileContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'unreadable'; readonly why: string };

/** The files below a project folder, each looked at and read once; nothing outside is ever opened. */
export interface ProjectFiles {
  /** Absolute path of the project folder, as it was given. */
  readonly root: string;
  /** `path` is POSIX and below the project, as placeOf gives it. */
  look(path: string): Found;
  /** Names in a folder of the project; none when it cannot be listed. */
  names(path: string): readonly string[];
  /** The bytes of a file, up to `limit` of them. */
  read(path: string, limit: number): FileContent;
}

/**
 * `root` is the absolute path of the project. The file system is asked synchronously: a thousand
 * files are read in 0.13 s so, and in 0.5 s asynchronously (measured on 2 cores).
 */
export function projectFiles(root: string): ProjectFiles {
  const realRoot = remembered((path: string) => realpathSync.native(path));
  const look = remembered((path: string) => lookAt(root, () => realRoot(root), path));
  return {
    root,
    look,
    names: remembered((path: string) => {
      const found = look(path);
      return found.kind === 'directory' ? namesIn(found.real) : [];
    }),
    read: (path, limit) => {
      const found = look(path);
      if (found.kind === 'file') return readUpTo(found.real, limit);
      return { kind: 'unreadable', why: found.kind === 'unreadable' ? found.why : found.kind };
    },
  };
}

function lookAt(root: string, realRoot: () => string, path: string): Found {
  try {
    const real = realpathSync.native(join(root, path));
    const below = relative(realRoot(), real);
    if (isAbsolute(below) || below === '..' || below.startsWith(`..${sep}`)) {
      return { kind: 'link-outside' };
    }
    const status = statSync(real);
    if (status.isDirectory()) return { kind: 'directory', real };
    if (status.isFile()) return { kind: 'file', real };
    return { kind: 'unreadable', why: 'it is neither a file nor a folder' };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') {
      return { kind: 'missing' };
    }
    return { kind: 'unreadable', why: code === 'ELOOP' ? 'its links lead in a circle' : code };
  }
}

function namesIn(real: string): readonly string[] {
  try {
    return readdirSync(real).sort();
  } catch {
    return [];
  }
}

function readUpTo(real: string, limit: number): FileContent {
  try {
    // A file may have become a pipe or a link since it was looked at: opening one must not wait.
    const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
    const file = openSync(real, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    try {
      const { size } = fstatSync(file);
      if (size > limit) return { kind: 'too-large', size };
      const bytes = Buffer.alloc(size);
      let filled = 0;
      while (filled < size) {
        const count = readSync(file, bytes, filled, size - filled, filled);
        if (count === 0) break;
        filled += count;
      }
      return { kind: 'bytes', bytes: bytes.subarray(0, filled) };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return { kind: 'unreadable', why: errorCode(error) };
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
