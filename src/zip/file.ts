import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { ZipProblems } from './problem.js';

/** A file open for reading at any place. */
export interface ZipFile {
  /** Bytes. */
  readonly size: number;
  /** @throws PkgrError when the file ends before; it was cut while it is read. */
  read(position: number, length: number): Buffer;
  close(): void;
}

const reasons: Readonly<Record<string, readonly [code: 'zip-not-found', message: string]>> = {
  ENOENT: ['zip-not-found', 'does not exist'],
  ENOTDIR: ['zip-not-found', 'does not exist'],
  EACCES: ['zip-not-found', 'cannot be read: this user may not read it'],
};

/**
 * Opens a file, through a link if it is one. Reading is synchronous: some thousand small reads take
 * a tenth of the time so.
 * @throws PkgrError when there is no file that can be read
 */
export function openFile(path: string, problems: ZipProblems): ZipFile {
  // Without waiting, as a named pipe would have it.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK;
  let file: number;
  try {
    file = openSync(path, flags);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return problems.fail(...(reasons[code] ?? ['zip-not-found', `cannot be read: ${code}`]));
  }
  const status = fstatSync(file);
  if (!status.isFile()) {
    closeSync(file);
    const kind = status.isDirectory() ? 'a folder' : 'no file';
    return problems.fail('not-a-zip', `is ${kind}, not a zip`);
  }
  return {
    size: status.size,
    read: (position, length) => {
      const bytes = Buffer.allocUnsafe(length);
      for (let filled = 0; filled < length; ) {
        const read = readSync(file, bytes, filled, length - filled, position + filled);
        if (read === 0) return problems.fail('zip-truncated', 'ends before its directory says');
        filled += read;
      }
      return bytes;
    },
    close: () => closeSync(file),
  };
}
