import { type Entry, fromBuffer, type ZipFile } from 'yauzl';

/** What matters of an entry to those who unpack it. */
export interface ZipEntry {
  readonly name: string;
  /** File type and permissions, as stat(2) has them. */
  readonly mode: string;
  /** The DOS date and time, undecoded. */
  readonly date: string;
  readonly content: Buffer;
}

/** Reads a zip's entries in the order of its directory; names are taken as UTF-8. */
export async function readZip(zip: Buffer): Promise<readonly ZipEntry[]> {
  const file = await new Promise<ZipFile>((resolve, reject) => {
    const options = { lazyEntries: true, decodeStrings: false, autoClose: false };
    fromBuffer(zip, options, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const entries = await new Promise<readonly Entry[]>((resolve, reject) => {
    const found: Entry[] = [];
    file.on('entry', (entry) => {
      found.push(entry);
      file.readEntry();
    });
    file.once('end', () => resolve(found));
    file.once('error', reject);
    file.readEntry();
  });
  return Promise.all(
    entries.map(async (entry) => ({
      name: Buffer.from(entry.fileName).toString('utf8'),
      mode: (entry.externalFileAttributes >>> 16).toString(8),
      date: `${entry.lastModFileDate} ${entry.lastModFileTime}`,
      content: await read(file, entry),
    })),
  );
}

/**
 * What two zips hold differently, a line each; none when unpacking them gives the same and in the
 * same order. How the bytes are deflated is no difference.
 */
export async function compareZips(one: Buffer, other: Buffer): Promise<readonly string[]> {
  const [first, second] = [await readZip(one), await readZip(other)];
  const byName = new Map(second.map((entry) => [entry.name, entry]));
  const differences = first.flatMap((entry) => {
    const counterpart = byName.get(entry.name);
    byName.delete(entry.name);
    if (counterpart === undefined) return [`only in the first: ${entry.name}`];
    return [
      ...differ(entry.name, 'mode', entry.mode, counterpart.mode),
      ...differ(entry.name, 'date', entry.date, counterpart.date),
      ...(entry.content.equals(counterpart.content) ? [] : [`${entry.name}: other content`]),
    ];
  });
  differences.push(...[...byName.keys()].map((name) => `only in the second: ${name}`));
  if (differences.length > 0) return differences;
  const at = first.findIndex(({ name }, index) => name !== second[index]?.name);
  return at < 0 ? [] : [`the order differs from ${first[at]?.name} on`];
}

function differ(name: string, what: string, one: string, other: string): readonly string[] {
  return one === other ? [] : [`${name}: ${what} ${one} and ${other}`];
}

function read(file: ZipFile, entry: Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    file.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.once('end', () => resolve(Buffer.concat(parts)));
      stream.once('error', reject);
    });
  });
}
