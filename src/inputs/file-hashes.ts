import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { TreeEntry } from '../context/index.js';
import { emptyFolder, type HashedEntry, shortHash } from './folder.js';

/** Bytes up to which a file is read in one go. */
const SMALL = 1 << 20;
/** Files that are read before somebody else has a turn. */
const SLICE = 100;

/** Hashes an entry of a list whose files have been read. */
export type EntryHashes = (entry: TreeEntry) => HashedEntry;

/**
 * Reads all files of these entries, each once however many lists have it.
 * @throws an error of the operating system when one cannot be read
 */
export async function hashFiles(lists: Iterable<readonly TreeEntry[]>): Promise<EntryHashes> {
  const files = new Map<string, FileEntry>();
  for (const list of lists) {
    for (const entry of list) if (entry.kind === 'file') files.set(keyOf(entry), entry);
  }
  const hashes = new Map<string, string>();
  for (const [key, file] of files) {
    // Asked one by one through Node's threads, small files take eight times as long.
    if (hashes.size % SLICE === 0) await setImmediate();
    hashes.set(key, file.size <= SMALL ? hashSmall(file) : await hashLarge(file));
  }
  return (entry) => {
    const { name } = entry;
    if (entry.kind === 'folder') return { name: `${name}/`, hash: emptyFolder };
    if (entry.kind === 'link') return { name, hash: shortHash('link ', entry.target) };
    return { name, hash: hashes.get(keyOf(entry)) ?? '' };
  };
}

type FileEntry = TreeEntry & { readonly kind: 'file' };

/** What of a file comes into a zip besides its name: its content, and whether it may be executed. */
function hashSmall(file: FileEntry): string {
  return shortHash(kindOf(file), readFileSync(file.source));
}

async function hashLarge(file: FileEntry): Promise<string> {
  const { source } = file;
  const hash = createHash('sha256').update(kindOf(file));
  for await (const part of createReadStream(source, { highWaterMark: SMALL })) hash.update(part);
  return hash.digest('hex').slice(0, shortHash('').length);
}

function kindOf({ executable }: FileEntry): string {
  return executable ? 'program ' : 'file ';
}

function keyOf({ source, executable }: FileEntry): string {
  return `${executable ? 'x' : '-'} ${source}`;
}
