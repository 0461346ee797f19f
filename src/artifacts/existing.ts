import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** What a file on disk holds. */
export interface FileHash {
  /** Bytes. */
  readonly size: number;
  /** In lower-case hexadecimal. */
  readonly sha256: string;
}

/** Bytes read at once. */
const CHUNK = 1024 * 1024;

/**
 * Hashes a file, through a link if it is one. Undefined when there is no file that can be read,
 * which means that it has to be written; what stands in its way is said when that is tried.
 */
export async function hashZip(path: string): Promise<FileHash | undefined> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
      hash.update(chunk);
      size += chunk.length;
    }
  } catch {
    return undefined;
  }
  return { size, sha256: hash.digest('hex') };
}
