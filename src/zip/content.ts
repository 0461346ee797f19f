import { inflateRawSync } from 'node:zlib';
import type { PlacedEntry } from './entry.js';
import type { ZipFile } from './file.js';
import { quoteName, type ZipProblems } from './problem.js';
import { method } from './records.js';

/**
 * What is in a file of a zip, checked against the size and the CRC that the zip says.
 * @param limit bytes; a larger one is refused before any of it is inflated
 * @throws PkgrError
 */
export function readContent(
  entry: PlacedEntry,
  file: ZipFile,
  limit: number,
  problems: ZipProblems,
): Buffer {
  const { path, size, packedSize, dataStart } = entry;
  // Deflating what cannot be compressed adds a few bytes to each 16 kB; a stream may hold no more.
  if (size > limit || packedSize > limit + limit / 256 + 1024) {
    return problems.fail(
      'zip-bomb',
      `has an entry ${quoteName(path)} of ${Math.max(size, packedSize)} bytes where ${limit} are read at most`,
    );
  }
  const packed = file.read(dataStart, packedSize);
  const content = entry.method === method.stored ? packed : inflated(packed, size);
  if (content === undefined || content.length !== size || crc32(content) !== entry.crc) {
    const what = content?.length === size ? 'CRC is another' : 'size is another, or data broken';
    return problems.fail(
      'zip-damaged',
      `has an entry ${quoteName(path)} whose ${what}`,
      'build it again, or copy it again',
    );
  }
  return content;
}

function inflated(packed: Buffer, size: number): Buffer | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return undefined;
  }
}

/** The CRC-32 of zip and gzip; Node has one of its own only since 20.15. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});
