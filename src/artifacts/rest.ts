import * as z from 'zod';
import type { AtomicFile } from './atomic-file.js';
import { type TarEntry, UnexpectedTar } from './tar-reader.js';

/** Bytes of the line that a rest begins with; it has two numbers for each place where it goes on elsewhere. */
const LINE_LIMIT = 8 * 1024 * 1024;

/** Bytes that are read at once. */
const CHUNK = 1024 * 1024;

/** Offset and length in bytes; the offset is -1 where bytes are in the rest itself. */
const piecesSchema = z.array(z.tuple([z.int().min(-1), z.int().min(0)]));

/** What several zips share, kept until they are written. */
export interface SharedBytes {
  readonly size: number;
  /** Bytes from an offset on, in parts; the memory of a part is used again for the next but one. */
  read(offset: number, length: number): AsyncIterable<Buffer>;
  discard(): Promise<void>;
}

/** @param file holds `size` bytes, all written */
export function sharedBytes(file: AtomicFile, size: number): SharedBytes {
  let [buffer, other] = [Buffer.allocUnsafe(CHUNK), Buffer.allocUnsafe(CHUNK)];
  return {
    size,
    async *read(offset, length) {
      const end = offset + length;
      for (let at = offset; at < end; ) {
        [buffer, other] = [other, buffer];
        const { bytesRead } = await file.handle.read(buffer, 0, Math.min(CHUNK, end - at), at);
        if (bytesRead === 0) throw new Error('what zips share has become shorter');
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    },
    discard: () => file.discard(),
  };
}

/**
 * The whole zip, from its rest as templates/rests.py writes it. Whether it is right, its digest tells.
 * @throws UnexpectedTar when it is no rest of what is shared
 */
export async function wholeZip(rest: TarEntry, shared: SharedBytes): Promise<TarEntry> {
  const own = ownBytes(rest);
  const pieces = parsePieces(await own.line());
  if (
    pieces === undefined ||
    pieces.some(([offset, length]) => offset >= 0 && offset + length > shared.size)
  ) {
    throw new UnexpectedTar(`${rest.name} is no rest of a zip`);
  }
  const size = pieces.reduce((sum, [, length]) => sum + length, 0);
  async function* content() {
    for (const [offset, length] of pieces ?? []) {
      yield* offset >= 0 ? shared.read(offset, length) : own.read(length);
    }
    await own.end();
  }
  return { name: rest.name, size, content: content() };
}

/** What lies in the rest itself, taken from its beginning on. */
function ownBytes({ name, content }: TarEntry) {
  const parts = content[Symbol.asyncIterator]();
  let waiting: Buffer = Buffer.alloc(0);
  const next = async (): Promise<Buffer | undefined> => {
    const { done, value } = await parts.next();
    return done ? undefined : value;
  };
  return {
    async line(): Promise<string> {
      const read: Buffer[] = [];
      for (let length = 0; length <= LINE_LIMIT; length += waiting.length) {
        const part = await next();
        if (part === undefined) break;
        const end = part.indexOf('\n');
        waiting = part.subarray(end + 1);
        if (end >= 0) return Buffer.concat([...read, part.subarray(0, end)]).toString('latin1');
        read.push(part);
      }
      throw new UnexpectedTar(`${name} is no rest of a zip`);
    },
    async *read(length: number): AsyncGenerator<Buffer, void> {
      for (let left = length; left > 0; ) {
        if (waiting.length === 0) {
          const part = await next();
          if (part === undefined) throw new UnexpectedTar(`${name} ends too early`);
          waiting = part;
        }
        const part = waiting.subarray(0, left);
        waiting = waiting.subarray(part.length);
        left -= part.length;
        yield part;
      }
    },
    async end(): Promise<void> {
      if (waiting.length > 0 || (await next()) !== undefined)
        throw new UnexpectedTar(`${name} is longer than it says`);
    },
  };
}

function parsePieces(line: string) {
  try {
    return piecesSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
