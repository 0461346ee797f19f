import { readContent } from './content.js';
import { readDirectory } from './directory.js';
import { findDirectory } from './end.js';
import type { PlacedEntry, ZipEntry } from './entry.js';
import { openFile, type ZipFile } from './file.js';
import { zipLimits } from './limits.js';
import { placeEntries } from './place-entries.js';
import { type ZipProblems, zipProblems } from './problem.js';
import { checkLinks, checkTree } from './tree.js';

/** A zip that was found to be sound, open for reading. */
export interface OpenZip {
  /** The path as the user knows it. */
  readonly shown: string;
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes of all entries when unpacked. */
  readonly unzippedSize: number;
  /** In the order of the zip's directory. */
  readonly entries: readonly ZipEntry[];
  /**
   * The bytes of an entry; of a link where it points to.
   * @param limit bytes; a larger one is refused before any of it is inflated
   * @throws PkgrError when it is larger, or not what the zip says of it
   */
  read(entry: ZipEntry, limit: number): Buffer;
  close(): void;
}

/**
 * Opens a zip that anybody may have made. Nothing is inflated but the targets of links, and nothing
 * is written; memory is bounded by the limits of entries, whatever the zip says of itself.
 * @param path absolute
 * @param shown what messages call it
 * @throws PkgrError with everything that is wrong with it
 */
export function openZip(path: string, shown: string = path): OpenZip {
  const problems = zipProblems(shown);
  const file = openFile(path, problems);
  try {
    const entries = readEntries(file, problems);
    const known = new Map<ZipEntry, PlacedEntry>(entries.map((entry) => [entry, entry]));
    return {
      shown,
      size: file.size,
      unzippedSize: total(entries),
      entries,
      read(entry, limit) {
        const placed = known.get(entry);
        if (placed === undefined) throw new TypeError(`${entry.path} is not of ${shown}`);
        return readContent(placed, file, limit, problems);
      },
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function readEntries(file: ZipFile, problems: ZipProblems): readonly PlacedEntry[] {
  const place = findDirectory(file, problems);
  const directory = readDirectory(file.read(place.offset, place.size), place, problems);
  const unzipped = total(directory);
  if (unzipped > zipLimits.unzipped) {
    problems.add(
      'zip-bomb',
      `would unpack to ${unzipped} bytes; Lambda takes 262144000, and pkgr reads ${zipLimits.unzipped} at most`,
      'do not unpack it',
    );
  }
  const entries = placeEntries(directory, file, place.offset, problems);
  checkTree(entries, problems);
  problems.throwAny();
  checkLinks(linkTargets(entries, file, problems), problems);
  problems.throwAny();
  return entries;
}

function linkTargets(entries: readonly PlacedEntry[], file: ZipFile, problems: ZipProblems) {
  const links = entries.filter(({ kind }) => kind === 'link');
  return new Map(
    links.map((link) => {
      const target = readContent(link, file, zipLimits.link, problems);
      return [link.path, target.toString('utf8')];
    }),
  );
}

function total(entries: readonly Pick<ZipEntry, 'size'>[]): number {
  return entries.reduce((sum, { size }) => sum + size, 0);
}
