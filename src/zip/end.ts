import type { ZipFile } from './file.js';
import { zipLimits } from './limits.js';
import type { ZipProblems } from './problem.js';
import { endLocator64, endRecord, endRecord64, full16, full32, localHeader } from './records.js';

/** Where a zip's directory lies, as the record at its end says. */
export interface DirectoryPlace {
  readonly offset: number;
  readonly size: number;
  readonly entries: number;
}

/**
 * Finds the directory of a zip. Nothing may lie between the directory and the record at the end:
 * what some readers would see there, others would not.
 * @throws PkgrError for what is no zip, is cut off, or contradicts itself
 */
export function findDirectory(file: ZipFile, problems: ZipProblems): DirectoryPlace {
  const { end, tail, tailStart } = findEnd(file, problems);
  const record = tail.subarray(end - tailStart);
  const disks = record.readUInt16LE(endRecord.disk) | record.readUInt16LE(endRecord.directoryDisk);
  const here = record.readUInt16LE(endRecord.entriesHere);
  const entries = record.readUInt16LE(endRecord.entries);
  if ((disks !== 0 && disks !== full16) || here !== entries) {
    problems.fail('zip-unsupported', 'is one part of a zip that was split', 'join the parts first');
  }
  const size = record.readUInt32LE(endRecord.directorySize);
  const offset = record.readUInt32LE(endRecord.directoryOffset);
  const isLarge = entries === full16 || size === full32 || offset === full32;
  const large = isLarge ? findLarge(file, end, problems) : undefined;
  const place = large ?? { offset, size, entries, end };
  if (place.offset + place.size !== place.end) {
    problems.fail('zip-damaged', 'has a directory that is not where its end says');
  }
  if (place.entries > zipLimits.entries || place.size > zipLimits.directory) {
    problems.fail(
      'zip-too-many-entries',
      `has ${place.entries} entries in a directory of ${place.size} bytes; ${zipLimits.entries} are read at most`,
    );
  }
  return place;
}

/** The last record whose comment reaches exactly to the end of the file. */
function findEnd(file: ZipFile, problems: ZipProblems) {
  const length = Math.min(file.size, endRecord.length + endRecord.longestComment);
  const tailStart = file.size - length;
  const tail = file.read(tailStart, length);
  let last = -1;
  for (let at = length - endRecord.length; at >= 0; at -= 1) {
    if (tail[at] !== 0x50 || tail.readUInt32LE(at) !== endRecord.signature) continue;
    const behind = length - at - endRecord.length;
    if (tail.readUInt16LE(at + endRecord.commentLength) === behind) {
      return { end: tailStart + at, tail, tailStart };
    }
    last = Math.max(last, at);
  }
  if (last >= 0) {
    problems.fail('zip-damaged', 'has something behind its end, or is cut off there');
  }
  const start = file.size < 4 ? 0 : file.read(0, 4).readUInt32LE();
  if (start === localHeader.signature) {
    problems.fail(
      'zip-truncated',
      `is cut off: it begins as a zip and has no end (${file.size} bytes are there)`,
      'build it again, or copy it whole',
    );
  }
  const what = file.size === 0 ? 'is empty, which no zip is' : 'is not a zip';
  return problems.fail('not-a-zip', what, 'name a zip, or a unit of the manifest');
}

/** The same from the zip64 record; undefined when there is none, as in a zip of 65535 entries. */
function findLarge(
  file: ZipFile,
  end: number,
  problems: ZipProblems,
): (DirectoryPlace & { readonly end: number }) | undefined {
  const at = end - endLocator64.length;
  if (at < 0) return undefined;
  const locator = file.read(at, endLocator64.length);
  if (locator.readUInt32LE() !== endLocator64.signature) return undefined;
  const position = toNumber(locator.readBigUInt64LE(endLocator64.offset));
  if (position + endRecord64.length > at) {
    problems.fail('zip-damaged', 'has a zip64 record that is not where it should be');
  }
  const record = file.read(position, endRecord64.length);
  if (record.readUInt32LE() !== endRecord64.signature) {
    problems.fail('zip-damaged', 'has no zip64 record where it should be');
  }
  return {
    entries: toNumber(record.readBigUInt64LE(endRecord64.entries)),
    size: toNumber(record.readBigUInt64LE(endRecord64.directorySize)),
    offset: toNumber(record.readBigUInt64LE(endRecord64.directoryOffset)),
    end: position,
  };
}

/** More than a number can hold is more than any file has. */
export function toNumber(value: bigint): number {
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
}
