import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Digest } from '../artifacts/index.js';
import { sorted, type TreeEntry } from '../context/index.js';
import { Problem } from './problem.js';

const FILE = 0o100644;
const PROGRAM = 0o100755;
const LINK = 0o120777;
const FOLDER = 0o040755;

/** Bytes above which a file is deflated as a stream; smaller ones are deflated side by side. */
const LARGE = 64 << 20;

/**
 * Writes a zip that depends on nothing but its entries: sorted, dated 1980-01-01, with the modes
 * that templates/zipformat.py gives. `file` must not exist. A unit's small files are in memory
 * meanwhile; what Lambda takes is 262 MB at most.
 * @throws Problem for a name that yazl would change
 */
export async function writeZip(entries: readonly TreeEntry[], file: string): Promise<Digest> {
  const zip = new ZipFile();
  const hash = createHash('sha256');
  let size = 0;
  async function* hashed(parts: AsyncIterable<Buffer | string>) {
    for await (const part of parts) {
      const bytes = Buffer.from(part);
      size += bytes.length;
      hash.update(bytes);
      yield bytes;
    }
  }
  const failed = new Promise<never>((_, reject) => zip.once('error', reject));
  const written = pipeline(zip.outputStream, hashed, createWriteStream(file, { flags: 'wx' }));
  // What fails first is told; without this the other would be an unhandled rejection.
  failed.catch(() => {});
  written.catch(() => {});
  try {
    const unzippedSize = await Promise.race([addAll(zip, entries), failed]);
    await Promise.race([written, failed]);
    return { size, sha256: hash.digest('hex'), unzippedSize, entries: entries.length };
  } catch (error) {
    if ('destroy' in zip.outputStream && typeof zip.outputStream.destroy === 'function') {
      zip.outputStream.destroy();
    }
    await written.catch(() => {});
    throw error;
  }
}

/** Returns the bytes of all entries before deflating. */
async function addAll(zip: ZipFile, entries: readonly TreeEntry[]): Promise<number> {
  // yazl takes the parts of a date in the local time zone, so this is the same day in each of them.
  const common = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true };
  let bytes = 0;
  for (const entry of sorted(entries)) {
    refuseUnwritable(entry.name);
    if (entry.kind === 'folder') {
      zip.addEmptyDirectory(entry.name, { ...common, mode: FOLDER });
    } else if (entry.kind === 'link') {
      zip.addBuffer(entry.target, entry.name, { ...common, mode: LINK, compress: false });
      bytes += entry.target.length;
    } else {
      const options = { ...common, mode: entry.executable ? PROGRAM : FILE };
      bytes += entry.size;
      if (entry.size > LARGE) {
        zip.addReadStreamLazy(entry.name, { ...options, size: entry.size }, (give) => {
          const content = createReadStream(entry.source);
          // yazl does not listen to the streams that it is given.
          content.once('error', (error) => zip.emit('error', error));
          give(null, content);
        });
      } else {
        const content = await readFile(entry.source);
        zip.addBuffer(content, entry.name, { ...options, compress: content.length > 0 });
        bytes += content.length - entry.size;
      }
    }
  }
  zip.end();
  return bytes;
}

/** yazl writes names for Windows too: it turns a backslash into a slash and refuses a drive. */
function refuseUnwritable(name: string): void {
  if (!name.includes('\\') && !/^[A-Za-z]:/.test(name)) return;
  throw new Problem(
    'needs-docker',
    `${JSON.stringify(name)} cannot be packed without Docker: on Windows the name would be another path`,
    'rename it, leave it out with exclude, or build with Docker',
  );
}
