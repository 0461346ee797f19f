import { type FileHandle, open } from 'node:fs/promises';

/** A member of a zip: where its header and data lie, and its entry of the directory. */
export interface ZipRecord {
  readonly kind: 'file' | 'link' | 'folder';
  /** Without a folder's slash. */
  readonly name: string;
  /** As written in the zip. */
  readonly nameBytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** The directory's entry; its offset is that of the zip it was read from. */
  readonly directoryEntry: Buffer;
  /** Bytes before deflating. */
  readonly size: number;
}

/** A zip that writeZip has written, open for reading. */
export interface OpenZip {
  readonly handle: FileHandle;
  readonly records: readonly ZipRecord[];
}

/** Where numbers lie in a directory's entry and in the record at the end (APPNOTE.TXT 4.3.12, 4.3.16). */
export const directoryEntry = {
  signature: 0x02014b50,
  size: 24,
  nameLength: 28,
  extraLength: 30,
  commentLength: 32,
  attributes: 38,
  offset: 42,
  length: 46,
} as const;
export const endRecord = {
  signature: 0x06054b50,
  entriesHere: 8,
  entries: 10,
  directorySize: 12,
  directoryOffset: 16,
  length: 22,
} as const;

/** What a zip without zip64 records cannot exceed. */
export const zipLimits = { entries: 0xfffe, bytes: 0xfffffffe } as const;

/**
 * Opens a zip of writeZip's, whose members lie one behind the other in the directory's order.
 * @throws RangeError when it is another file, or a zip64
 */
export async function openZip(path: string): Promise<OpenZip> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const end = await readAt(handle, size - endRecord.length, endRecord.length);
    const count = end.readUInt16LE(endRecord.entries);
    const offset = end.readUInt32LE(endRecord.directoryOffset);
    const bytes = end.readUInt32LE(endRecord.directorySize);
    const isWhole = offset + bytes + endRecord.length === size && count <= zipLimits.entries;
    if (!isWhole || end.readUInt32LE(0) !== endRecord.signature) throw damaged(path);
    const records = recordsOf(await readAt(handle, offset, bytes), offset);
    if (records.length !== count) throw damaged(path);
    return { handle, records };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function recordsOf(directory: Buffer, end: number): readonly ZipRecord[] {
  const records: ZipRecord[] = [];
  for (let at = 0; at < directory.length; ) {
    const fixed = directory.subarray(at);
    const nameLength = fixed.readUInt16LE(directoryEntry.nameLength);
    const length =
      directoryEntry.length +
      nameLength +
      fixed.readUInt16LE(directoryEntry.extraLength) +
      fixed.readUInt16LE(directoryEntry.commentLength);
    const entry = directory.subarray(at, at + length);
    const nameBytes = entry.subarray(directoryEntry.length, directoryEntry.length + nameLength);
    const name = nameBytes.toString('utf8');
    const isLink = entry.readUInt32LE(directoryEntry.attributes) >>> 28 === 0o12;
    records.push({
      kind: name.endsWith('/') ? 'folder' : isLink ? 'link' : 'file',
      name: name.replace(/\/$/, ''),
      nameBytes,
      start: entry.readUInt32LE(directoryEntry.offset),
      end,
      directoryEntry: entry,
      size: entry.readUInt32LE(directoryEntry.size),
    });
    at += length;
  }
  return records.map((record, index) => ({ ...record, end: records[index + 1]?.start ?? end }));
}

/** @throws RangeError when the file ends before */
export async function readAt(
  handle: FileHandle,
  position: number,
  length: number,
): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) throw new RangeError('the zip ends too early');
    filled += bytesRead;
  }
  return buffer;
}

function damaged(path: string): RangeError {
  return new RangeError(`${path} is not a zip that was written here`);
}
