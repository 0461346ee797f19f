import { buffer } from 'node:stream/consumers';
import { type Entry, openPromise } from 'yauzl';

/** Something in a zip, as Lambda will unpack it. */
export interface ZipEntry {
  readonly path: string;
  readonly kind: 'file' | 'link' | 'directory';
  /** Permission bits. */
  readonly mode: number;
  /** A file's bytes, or where a link points to. */
  readonly content: Buffer;
}

/** Everything in a zip, in its order. */
export async function readZip(path: string): Promise<readonly ZipEntry[]> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  const entries: ZipEntry[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const take = async (entry: Entry) => {
        const content = await buffer(await zip.openReadStreamPromise(entry));
        entries.push(zipEntry(entry, content));
        zip.readEntry();
      };
      zip.on('entry', (entry: Entry) => void take(entry).catch(reject));
      zip.on('end', resolve);
      zip.on('error', reject);
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
  return entries;
}

/** A file's text. */
export function textOf(entries: readonly ZipEntry[], path: string): string {
  const entry = entries.find((each) => each.path === path);
  if (entry === undefined) throw new Error(`the zip has no ${path}`);
  return entry.content.toString('utf8');
}

/** The upper half of a zip's external attributes is the file's mode on Unix, with its type. */
function zipEntry({ fileName, externalFileAttributes }: Entry, content: Buffer): ZipEntry {
  const unixMode = externalFileAttributes >>> 16;
  const kind = kinds.get(unixMode & 0o170000);
  if (kind === undefined) throw new Error(`${fileName} has the mode ${unixMode.toString(8)}`);
  return { path: fileName, kind, mode: unixMode & 0o7777, content };
}

/** S_IFREG, S_IFLNK and S_IFDIR of stat(2). */
const kinds = new Map<number, ZipEntry['kind']>([
  [0o100000, 'file'],
  [0o120000, 'link'],
  [0o040000, 'directory'],
]);
