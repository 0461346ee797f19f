import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/zip/content.js';

/** What the records of an entry say; anything can be said that is not so. */
interface Said {
  readonly name?: string | Buffer;
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly packedSize?: number;
}

export interface MadeEntry extends Said {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  /** With its type, as stat(2) has it. */
  readonly mode?: number;
  /** As MS-DOS has it: day and time of 16 bits each. */
  readonly time?: number;
  /** What its own header says, where that is not what the directory says. */
  readonly local?: Said;
  /** Says that its data lie elsewhere. */
  readonly start?: number;
  /** Its data are those of the entry before it: nothing is written. */
  readonly sharesData?: boolean;
}

export interface MadeZip {
  readonly comment?: string;
  /** Written before everything, without telling the records. */
  readonly before?: Buffer;
  readonly behind?: Buffer;
  /** Numbers of the record at the end. */
  readonly entries?: number;
  readonly directoryOffset?: number;
  readonly disk?: number;
  readonly zip64?: boolean;
}

export const file = 0o100644;
export const link = 0o120777;

/** A zip as bytes, written by another hand than the reader's. */
export function zipBytes(entries: readonly MadeEntry[], zip: MadeZip = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  let last = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '');
    const method = entry.method ?? (content.length > 0 ? 8 : 0);
    const packed = method === 8 ? deflateRawSync(content) : content;
    const said = {
      name: Buffer.from(entry.name),
      flags: entry.flags ?? 0x0800,
      method,
      crc: entry.crc ?? crc32(content),
      size: entry.size ?? content.length,
      packedSize: entry.packedSize ?? packed.length,
      time: entry.time ?? 0,
    };
    if (!entry.sharesData) last = at;
    directory.push(directoryRecord(said, entry.mode ?? file, entry.start ?? last));
    if (entry.sharesData) continue;
    const { name = said.name, ...local } = entry.local ?? {};
    const bytes = Buffer.concat([
      localRecord({ ...said, ...local, name: Buffer.from(name) }),
      packed,
    ]);
    parts.push(bytes);
    at += bytes.length;
  }
  const central = Buffer.concat(directory);
  const count = zip.entries ?? entries.length;
  const offset = zip.directoryOffset ?? at;
  const large = zip.zip64 ? zip64Records(count, central.length, offset) : Buffer.alloc(0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip.disk ?? 0, 4);
  end.writeUInt16LE(zip.zip64 ? 0xffff : count, 8);
  end.writeUInt16LE(zip.zip64 ? 0xffff : count, 10);
  end.writeUInt32LE(zip.zip64 ? 0xffffffff : central.length, 12);
  end.writeUInt32LE(zip.zip64 ? 0xffffffff : offset, 16);
  const comment = Buffer.from(zip.comment ?? '');
  end.writeUInt16LE(comment.length, 20);
  const none = Buffer.alloc(0);
  return Buffer.concat([
    zip.before ?? none,
    ...parts,
    central,
    large,
    end,
    comment,
    zip.behind ?? none,
  ]);
}

interface Record {
  readonly name: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly packedSize: number;
  readonly time: number;
}

function localRecord({ name, flags, method, crc, size, packedSize, time }: Record): Buffer {
  const fixed = Buffer.alloc(30);
  fixed.writeUInt32LE(0x04034b50, 0);
  fixed.writeUInt16LE(20, 4);
  fixed.writeUInt16LE(flags, 6);
  fixed.writeUInt16LE(method, 8);
  fixed.writeUInt32LE(time, 10);
  fixed.writeUInt32LE(crc, 14);
  fixed.writeUInt32LE(packedSize, 18);
  fixed.writeUInt32LE(size, 22);
  fixed.writeUInt16LE(name.length, 26);
  return Buffer.concat([fixed, name]);
}

function directoryRecord(said: Record, mode: number, start: number): Buffer {
  const { name, flags, method, crc, size, packedSize } = said;
  const isLarge = size > 0xfffffffe;
  const extra = Buffer.alloc(isLarge ? 12 : 0);
  if (isLarge) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(BigInt(size), 4);
  }
  const fixed = Buffer.alloc(46);
  fixed.writeUInt32LE(0x02014b50, 0);
  fixed.writeUInt8(3, 5);
  fixed.writeUInt16LE(flags, 8);
  fixed.writeUInt16LE(method, 10);
  fixed.writeUInt32LE(said.time, 12);
  fixed.writeUInt32LE(crc, 16);
  fixed.writeUInt32LE(packedSize, 20);
  fixed.writeUInt32LE(isLarge ? 0xffffffff : size, 24);
  fixed.writeUInt16LE(name.length, 28);
  fixed.writeUInt16LE(extra.length, 30);
  fixed.writeUInt32LE((mode << 16) >>> 0, 38);
  fixed.writeUInt32LE(start, 42);
  return Buffer.concat([fixed, name, extra]);
}

function zip64Records(count: number, size: number, offset: number): Buffer {
  const records = Buffer.alloc(56 + 20);
  records.writeUInt32LE(0x06064b50, 0);
  records.writeBigUInt64LE(44n, 4);
  records.writeBigUInt64LE(BigInt(count), 24);
  records.writeBigUInt64LE(BigInt(count), 32);
  records.writeBigUInt64LE(BigInt(size), 40);
  records.writeBigUInt64LE(BigInt(offset), 48);
  records.writeUInt32LE(0x07064b50, 56);
  records.writeBigUInt64LE(BigInt(offset + size), 64);
  records.writeUInt32LE(1, 72);
  return records;
}
