import { on, once } from 'node:events';
import type { Parser, ReadEntry } from 'tar';

/** A tar stream that is not what the engine was asked for: a defect, or somebody's mischief. */
export class UnexpectedTar extends Error {
  override readonly name = 'UnexpectedTar';
}

/** A file in a tar stream. */
export interface TarEntry {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Its bytes, as they come; to be read before the next entry is asked for. */
  readonly content: AsyncIterable<Buffer>;
}

/**
 * The files of a tar stream, one after the other and only as fast as they are read. Every entry
 * that is no file (another folder, a link, a device) is refused. Leaving the loop ends the stream.
 * @param folders what may be there as folders, with a slash at the end
 * @throws UnexpectedTar
 */
export async function* readTar(
  tar: AsyncIterable<Uint8Array>,
  folders: ReadonlySet<string> = new Set(),
): AsyncGenerator<TarEntry, void> {
  const { Parser } = await import('tar');
  const parser = new Parser({ strict: true });
  const source = tar[Symbol.asyncIterator]();
  const reading: Reading = { entry: undefined, error: undefined };
  const entries = on(parser, 'entry', { close: ['end'] });
  const stop = (error: unknown) => {
    reading.error ??= error;
    // Whoever waits for more of a file is woken, and told.
    reading.entry?.end();
  };
  parser.on('error', stop);
  const feeding = feed(parser, source).catch((error) => parser.emit('error', error));
  let count = 0;
  try {
    for await (const [entry] of entries as AsyncIterable<[ReadEntry]>) {
      count += 1;
      reading.entry = entry;
      const isFolder = entry.type === 'Directory' && folders.has(entry.path);
      if (entry.type !== 'File' && !isFolder)
        throw new UnexpectedTar(`The tar entry ${entry.path} is no file`);
      if (!isFolder)
        yield { name: entry.path, size: entry.size, content: readContent(entry, reading) };
      entry.resume();
    }
    await feeding;
    if (count === 0) throw new UnexpectedTar('The tar stream ended too early');
  } catch (error) {
    throw readable(error);
  } finally {
    await source.return?.();
  }
}

/** The entry that is being read, and what has gone wrong since. */
interface Reading {
  entry: ReadEntry | undefined;
  error: unknown;
}

/** Writes chunks to the parser as fast as its entries are read. */
async function feed(parser: Parser, source: AsyncIterator<Uint8Array>): Promise<void> {
  for (;;) {
    const { done, value } = await source.next();
    if (done) return void parser.end();
    const chunk = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    if (!parser.write(chunk)) await once(parser, 'drain');
  }
}

async function* readContent(entry: ReadEntry, reading: Reading): AsyncGenerator<Buffer, void> {
  let received = 0;
  for await (const part of entry) {
    received += part.length;
    yield part;
  }
  if (received >= entry.size) return;
  throw readable(reading.error ?? new UnexpectedTar('The tar stream ended too early'));
}

/** The package's errors in the words of this folder. */
function readable(error: unknown): unknown {
  if (!(error instanceof Error && 'tarCode' in error)) return error;
  return /Truncated/.test(error.message)
    ? new UnexpectedTar('The tar stream ended too early')
    : new UnexpectedTar(`The tar stream is damaged: ${error.message}`);
}
