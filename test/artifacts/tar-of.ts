import { Readable } from 'node:stream';
import { Header, Pax } from 'tar';

/** An entry to be made. */
export interface Entry {
  readonly name: string;
  readonly data?: Uint8Array | string;
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice';
  readonly linkpath?: string;
}

const end = Buffer.alloc(1024);

/** The bytes of a tar archive, made by another program's code than the one that reads it. */
export function tarOf(entries: readonly Entry[]): Buffer {
  return Buffer.concat([...entries.map(bytesOf), end]);
}

/** A stream of these bytes in chunks of a length. */
export function streamOf(bytes: Buffer, chunk = 65536): Readable {
  function* chunks() {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  return Readable.from(chunks(), { objectMode: false });
}

function bytesOf({ name, data = '', type = 'File', linkpath }: Entry): Buffer {
  const content = Buffer.from(data);
  const header = new Header({
    path: name,
    size: content.length,
    type,
    mode: 0o644,
    mtime: new Date(0),
    ...(linkpath === undefined ? {} : { linkpath }),
  });
  const block = Buffer.alloc(512);
  const needsPax = header.encode(block);
  const pax = needsPax ? new Pax({ path: name }).encode() : Buffer.alloc(0);
  return Buffer.concat([pax, block, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}
