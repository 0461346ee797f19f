import { type DirectoryPlace, toNumber } from './end.js';
import type { DirectoryEntry, ZipEntry } from './entry.js';
import { largestRatio } from './limits.js';
import { readPath } from './names.js';
import { quoteName, type ZipProblems } from './problem.js';
import { flag, full32, method, directoryEntry as record } from './records.js';

const SLASH = 0x2f;

/** Systems whose attributes are Unix modes: Unix and macOS (APPNOTE.TXT 4.4.2.2). */
const unixLike = [3, 19];

/** S_IFREG, S_IFLNK and S_IFDIR of stat(2); 0 where only the permissions were kept. */
const kinds = new Map<number, ZipEntry['kind']>([
  [0, 'file'],
  [0o100000, 'file'],
  [0o120000, 'link'],
  [0o040000, 'folder'],
]);

/**
 * Reads a zip's directory: what each entry is called and where it lies. Entries that may not be
 * unpacked are told of and left out.
 * @throws PkgrError when the directory cannot be made sense of
 */
export function readDirectory(
  bytes: Buffer,
  { entries: count }: DirectoryPlace,
  problems: ZipProblems,
): readonly DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  let at = 0;
  let found = 0;
  while (at < bytes.length) {
    const length = lengthAt(bytes, at);
    if (length === undefined) {
      problems.fail('zip-damaged', `has a directory that is damaged at its entry ${found + 1}`);
    }
    const entry = readEntry(bytes.subarray(at, at + length), problems);
    if (entry !== undefined) entries.push(entry);
    found += 1;
    at += length;
  }
  if (found !== count) {
    problems.fail('zip-damaged', `has ${found} entries in its directory and says ${count}`);
  }
  return entries;
}

function lengthAt(bytes: Buffer, at: number): number | undefined {
  if (at + record.length > bytes.length || bytes.readUInt32LE(at) !== record.signature) {
    return undefined;
  }
  const length =
    record.length +
    bytes.readUInt16LE(at + record.nameLength) +
    bytes.readUInt16LE(at + record.extraLength) +
    bytes.readUInt16LE(at + record.commentLength);
  return at + length > bytes.length ? undefined : length;
}

function readEntry(bytes: Buffer, problems: ZipProblems): DirectoryEntry | undefined {
  const nameEnd = record.length + bytes.readUInt16LE(record.nameLength);
  const nameBytes = bytes.subarray(record.length, nameEnd);
  const path = readPath(nameBytes, problems);
  if (path === undefined) return undefined;
  const isUnix = unixLike.includes(bytes[record.madeBy] ?? 0);
  const unixMode = isUnix ? bytes.readUInt32LE(record.attributes) >>> 16 : 0;
  const extraEnd = nameEnd + bytes.readUInt16LE(record.extraLength);
  const entry = {
    kind: nameBytes.at(-1) === SLASH ? 'folder' : kinds.get(unixMode & 0o170000),
    path,
    nameBytes,
    flags: bytes.readUInt16LE(record.flags),
    method: bytes.readUInt16LE(record.method),
    crc: bytes.readUInt32LE(record.crc),
    mode: unixMode & 0o7777,
    time: bytes.readUInt32LE(record.time),
    directoryBytes: bytes.length,
    ...largeNumbers(bytes.subarray(nameEnd, extraEnd), {
      size: bytes.readUInt32LE(record.size),
      packedSize: bytes.readUInt32LE(record.packedSize),
      start: bytes.readUInt32LE(record.offset),
    }),
  };
  if (!isKnownKind(entry)) {
    problems.add('zip-unsafe-name', `${has(path)} is neither file, link nor folder`);
    return undefined;
  }
  return isReadable(entry, problems) ? entry : undefined;
}

function isKnownKind<T extends { kind: ZipEntry['kind'] | undefined }>(
  entry: T,
): entry is T & { kind: ZipEntry['kind'] } {
  return entry.kind !== undefined;
}

/** Tells of an entry that cannot be read as it is described. */
function isReadable(entry: DirectoryEntry, problems: ZipProblems): boolean {
  const { path, flags, method: packing, size, packedSize } = entry;
  if ((flags & flag.encrypted) !== 0) {
    problems.add(
      'zip-encrypted',
      `${has(path)} is encrypted`,
      'Lambda cannot unpack it: zip it without a password',
    );
  } else if (packing !== method.stored && packing !== method.deflated) {
    problems.add(
      'zip-unsupported',
      `${has(path)} is compressed by the method ${packing}`,
      'zip it with deflate (8) or stored (0), which every reader knows',
    );
  } else if (packing === method.stored && size !== packedSize) {
    problems.add('zip-damaged', `${has(path)} is stored as it is, with two sizes`);
  } else if (size > (packedSize + 1) * largestRatio) {
    problems.add('zip-damaged', `${has(path)} cannot have ${size} bytes out of ${packedSize}`);
  } else if (entry.kind === 'folder' && size > 0) {
    problems.add('zip-damaged', `${has(path)} is a folder with ${size} bytes`);
  } else {
    return true;
  }
  return false;
}

function has(path: string): string {
  return `has an entry ${quoteName(path)} that`;
}

/** Numbers that say "see zip64", by those of the extra field 0x0001 (APPNOTE.TXT 4.5.3). */
function largeNumbers(extra: Buffer, numbers: Record<'size' | 'packedSize' | 'start', number>) {
  const large = extraField(extra, 1);
  let at = 0;
  const read = (value: number) => {
    if (value !== full32 || large === undefined || at + 8 > large.length) return value;
    at += 8;
    return toNumber(large.readBigUInt64LE(at - 8));
  };
  const size = read(numbers.size);
  const packedSize = read(numbers.packedSize);
  return { size, packedSize, start: read(numbers.start) };
}

function extraField(extra: Buffer, wanted: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === wanted && end <= extra.length)
      return extra.subarray(at + 4, end);
    at = end;
  }
  return undefined;
}
