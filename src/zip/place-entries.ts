import type { DirectoryEntry, PlacedEntry } from './entry.js';
import type { ZipFile } from './file.js';
import { quoteName, type ZipProblems } from './problem.js';
import { flag, full32, localHeader as header } from './records.js';

/** Bytes read at once where headers lie close together. */
const WINDOW = 8192;

/**
 * Looks at each entry's own header, which must say what the directory says, and at where its data
 * lie: no two entries may share bytes, which is how a small zip unpacks to anything.
 * @param end where the directory starts
 * @returns the entries in the order given
 */
export function placeEntries(
  entries: readonly DirectoryEntry[],
  file: ZipFile,
  end: number,
  problems: ZipProblems,
): readonly PlacedEntry[] {
  const inFile = entries.toSorted((one, other) => one.start - other.start);
  const read = windowOn(file, end);
  const placed = new Map<DirectoryEntry, PlacedEntry>();
  inFile.forEach((entry, index) => {
    const next = inFile[index + 1]?.start ?? end;
    const dataStart = readHeader(entry, read, problems);
    if (dataStart === undefined) return;
    if (dataStart + entry.packedSize > next) {
      const other = inFile[index + 1];
      const into = other === undefined ? 'the directory' : quoteName(other.path);
      problems.add(
        'zip-overlap',
        `has an entry ${quoteName(entry.path)} whose data reach into ${into}`,
        'do not unpack it: a zip made like this can be a bomb',
      );
      return;
    }
    const { kind, path, size, crc, mode, time, method, packedSize, directoryBytes } = entry;
    const zipped = next - entry.start + directoryBytes;
    const told = { kind, path, size, zipped, crc, mode, time };
    placed.set(entry, { ...told, method, packedSize, dataStart });
  });
  return entries.flatMap((entry) => placed.get(entry) ?? []);
}

/** Reads of a file from its start to its end: many small ones out of few large ones. */
type ReadForward = (position: number, length: number) => Buffer | undefined;

function windowOn(file: ZipFile, end: number): ReadForward {
  let start = 0;
  let window: Buffer = Buffer.alloc(0);
  return (position, length) => {
    if (position + length > end) return undefined;
    if (position < start || position + length > start + window.length) {
      start = position;
      window = file.read(start, Math.min(Math.max(WINDOW, length), end - start));
    }
    return window.subarray(position - start, position - start + length);
  };
}

/** Where the data of an entry start; undefined when its header is not what the directory says. */
function readHeader(
  entry: DirectoryEntry,
  read: ReadForward,
  problems: ZipProblems,
): number | undefined {
  const shown = quoteName(entry.path);
  const fixed = read(entry.start, header.length);
  if (fixed === undefined || fixed.readUInt32LE() !== header.signature) {
    problems.add('zip-damaged', `has no data for the entry ${shown} where its directory says`);
    return undefined;
  }
  const nameLength = fixed.readUInt16LE(header.nameLength);
  const extraLength = fixed.readUInt16LE(header.extraLength);
  const differs = differences(entry, fixed);
  const name = read(entry.start + header.length, nameLength);
  if (name === undefined || !name.equals(entry.nameBytes)) differs.push('name');
  if (differs.length > 0) {
    const what = differs.join(', ');
    problems.add(
      'zip-damaged',
      `says two things of the entry ${shown}: ${what} differ in its header and in the directory`,
    );
    return undefined;
  }
  return entry.start + header.length + nameLength + extraLength;
}

function differences(entry: DirectoryEntry, fixed: Buffer): string[] {
  const flags = fixed.readUInt16LE(header.flags);
  const differs: string[] = [];
  if (fixed.readUInt16LE(header.method) !== entry.method) differs.push('method');
  if (((flags ^ entry.flags) & flag.encrypted) !== 0) differs.push('encryption');
  // What follows is not known yet when a zip is written as a stream: it stands behind the data.
  if ((flags & flag.sizesBehind) !== 0) return differs;
  if (fixed.readUInt32LE(header.crc) !== entry.crc) differs.push('CRC');
  const isOther = (value: number, told: number) => value !== full32 && value !== told;
  if (isOther(fixed.readUInt32LE(header.size), entry.size)) differs.push('size');
  if (isOther(fixed.readUInt32LE(header.packedSize), entry.packedSize)) differs.push('packed size');
  return differs;
}
