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
  readonly file: AtomicFile;
  readonly size: number;
}

/**
 * The whole zip, from its rest as templates/rests.py writes it. Whether it is right, its digest tells.
 * @throws UnexpectedTar when it is no rest of what is shared
 */
export async function wholeZip(rest: TarEntry, shared: SharedBytes): Promise<TarEntry> {
  const own = rest.content[Symbol.asyncIterator]();
  const { line, behind } = await firstLine(rest, own);
  const pieces = parsePieces(line);
  if (
    pieces === undefined ||
    pieces.some(([from, length]) => from >= 0 && from + length > shared.size)
  ) {
    throw new UnexpectedTar(`${rest.name} is no rest of a zip`);
  }
  const size = pieces.reduce((sum, [, length]) => sum + length, 0);
  return { name: rest.name, size, content: contentOf(rest, pieces, own, behind, shared) };
}

async function* contentOf(
  rest: TarEntry,
  pieces: readonly (readonly [number, number])[],
  own: AsyncIterator<Buffer>,
  behind: Buffer,
  { file }: SharedBytes,
): AsyncGenerator<Buffer, void> {
  let waiting = behind;
  // One is read into while what is in the other is written.
  const buffers = [Buffer.allocUnsafe(CHUNK), Buffer.allocUnsafe(CHUNK)] as const;
  let turn = 0;
  for (const [from, length] of pieces) {
    for (let done = 0; done < length; ) {
      if (from >= 0) {
        const buffer = buffers[turn === 0 ? 0 : 1];
        turn = 1 - turn;
        const wanted = Math.min(CHUNK, length - done);
        const { bytesRead } = await file.handle.read(buffer, 0, wanted, from + done);
        if (bytesRead === 0) throw new UnexpectedTar(`what ${rest.name} shares has become shorter`);
        done += bytesRead;
        yield buffer.subarray(0, bytesRead);
        continue;
      }
      if (waiting.length === 0) {
        const { done: isOver, value } = await own.next();
        if (isOver) throw new UnexpectedTar(`${rest.name} ends too early`);
        waiting = value;
      }
      const part = waiting.subarray(0, length - done);
      waiting = waiting.subarray(part.length);
      done += part.length;
      yield part;
    }
  }
  if (waiting.length > 0 || !(await own.next()).done) {
    throw new UnexpectedTar(`${rest.name} is longer than it says`);
  }
}

async function firstLine(rest: TarEntry, own: AsyncIterator<Buffer>) {
  const parts: Buffer[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await own.next();
    if (done || length > LINE_LIMIT) throw new UnexpectedTar(`${rest.name} is no rest of a zip`);
    const end = value.indexOf('\n');
    parts.push(end < 0 ? value : value.subarray(0, end));
    length += value.length;
    if (end >= 0) {
      return { line: Buffer.concat(parts).toString('latin1'), behind: value.subarray(end + 1) };
    }
  }
}

function parsePieces(line: string) {
  try {
    return piecesSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
