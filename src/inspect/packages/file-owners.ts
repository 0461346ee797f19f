import type { ZipEntry } from '../../zip/index.js';
import type { RecordedFile } from './record.js';

/** Who says what is theirs. */
export interface FileOwners<T> {
  /** Notes files; those that somebody had before stay theirs. A slash at an end is for all below. */
  add(owner: T, files: Iterable<RecordedFile>): void;
  of(path: string): T | undefined;
  /** Whether it has another size than its owner noted: another file was laid over it. */
  isReplaced(entry: ZipEntry): boolean;
}

export function fileOwners<T>(): FileOwners<T> {
  const files = new Map<string, { readonly owner: T; readonly size?: number | undefined }>();
  const folders = new Map<string, T>();
  const inFolder = (path: string) => {
    if (folders.size === 0) return undefined;
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      const owner = folders.get(path.slice(0, slash + 1));
      if (owner !== undefined) return owner;
    }
    return undefined;
  };
  const noted = (path: string) => files.get(path) ?? files.get(sourceOf(path) ?? path);
  return {
    add(owner, recorded) {
      for (const { path, size } of recorded) {
        if (path.endsWith('/')) {
          if (!folders.has(path)) folders.set(path, owner);
        } else if (!files.has(path)) files.set(path, { owner, size });
      }
    },
    of: (path) => noted(path)?.owner ?? inFolder(path),
    isReplaced({ path, size }) {
      const told = files.get(path)?.size;
      return told !== undefined && told !== size;
    },
  };
}

/** The source that bytecode was made of, wherever the bytecode lies (PEP 3147); undefined for other files. */
export function sourceOf(path: string): string | undefined {
  if (!path.endsWith('.pyc')) return undefined;
  const cached = /^(.*\/)?__pycache__\/([^/]+?)\.[^/.]+(\.opt-\d)?\.pyc$/.exec(path);
  return cached === null ? path.slice(0, -1) : `${cached[1] ?? ''}${cached[2]}.py`;
}
