import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { Diagnostic, Location } from '../diagnostics/index.js';
import { type AtomicFile, openAtomically, sweepLeftovers } from './atomic-file.js';
import type { Digest } from './digest.js';
import { readExpected } from './expected-entries.js';
import { type SharedBytes, sharedBytes, wholeZip } from './rest.js';
import { type TarEntry, UnexpectedTar } from './tar-reader.js';
import { mismatch, writeFailed } from './write-errors.js';

/** A zip that is to come, and where it goes. */
export interface ZipToCome {
  readonly name: string;
  /** Its entry in the tar stream; `NAME.zip` when absent. */
  readonly entry?: string;
  /** The tar entry, one before its own, with what it shares with others: its own holds only the rest. */
  readonly shared?: string;
  /** Absolute path. */
  readonly path: string;
  /** The path as the user knows it, for messages. */
  readonly shown: string;
  /** Where the unit is declared. */
  readonly at?: Location;
}

/** The same, when the engine has said before what it will be. */
export interface ExpectedZip extends ZipToCome {
  readonly digest: Digest;
}

/** What has become of the zips. */
export interface ReceivedZips {
  /** Names of those that were written. */
  readonly written: readonly string[];
  /** What went wrong with each of the others, by name; their destinations are as they were. */
  readonly failed: ReadonlyMap<string, Diagnostic>;
}

/**
 * Writes zips from a tar stream. Each is written to a file beside its destination, checked against
 * its digest, and takes the destination's place only when it is whole and right, so that a zip of
 * an earlier build is whole at every moment. A destination that is a link is replaced by the file;
 * where the link leads stays as it is. One zip that cannot be written does not keep the others
 * from it.
 * @throws UnexpectedTar when the stream is damaged, ends too early or holds other entries.
 */
export async function receiveZips(
  tar: AsyncIterable<Uint8Array>,
  expected: readonly ExpectedZip[],
): Promise<ReceivedZips> {
  const receiver = await openReceiver(expected);
  const written: string[] = [];
  const failed = new Map<string, Diagnostic>();
  try {
    for await (const entry of readExpected(tar, receiver.entries)) {
      const received = await receiver.receive(entry, ({ digest }) => digest);
      if (received === undefined) continue;
      if (received.problem === undefined) written.push(received.zip.name);
      else failed.set(received.zip.name, received.problem);
    }
  } finally {
    await receiver.close();
  }
  return { written: written.sort(), failed };
}

/** Takes the entries that bring zips. */
export interface Receiver<Z extends ZipToCome> {
  /** Their names. */
  readonly entries: readonly string[];
  /**
   * Puts the zip into its place when it is whole and right, or tells what is wrong with it; undefined
   * when the entry is what zips share.
   */
  receive(
    entry: TarEntry,
    digestOf: (zip: Z) => Digest,
  ): Promise<{ readonly zip: Z; readonly problem: Diagnostic | undefined } | undefined>;
  /** Removes what zips share. */
  close(): Promise<void>;
}

/** Gets ready for zips, and removes what a killed build has left in the folders that they go to. */
export async function openReceiver<Z extends ZipToCome>(zips: readonly Z[]): Promise<Receiver<Z>> {
  for (const folder of new Set(zips.map(({ path }) => dirname(path)))) await sweepLeftovers(folder);
  const byEntry = new Map(zips.map((zip) => [zip.entry ?? `${zip.name}.zip`, zip]));
  /** For each entry that zips share, the first of them. */
  const sharing = new Map<string, Z>();
  for (const zip of zips) {
    if (zip.shared !== undefined && !sharing.has(zip.shared)) sharing.set(zip.shared, zip);
  }
  const kept = new Map<string, SharedBytes | Refused>();
  return {
    entries: [...byEntry.keys(), ...sharing.keys()],
    async receive(entry, digestOf) {
      const zip = byEntry.get(entry.name);
      if (zip === undefined) {
        const beside = sharing.get(entry.name);
        if (beside !== undefined) kept.set(entry.name, await keep(entry, beside.path));
        return undefined;
      }
      const digest = digestOf(zip);
      if (zip.shared === undefined) return { zip, problem: await receiveZip(zip, digest, entry) };
      const shared = kept.get(zip.shared);
      if (shared === undefined) {
        throw new UnexpectedTar(`${entry.name} came before ${zip.shared}`);
      }
      if ('error' in shared) return { zip, problem: writeFailed(zip, shared.error) };
      return { zip, problem: await receiveZip(zip, digest, await wholeZip(entry, shared)) };
    },
    async close() {
      for (const shared of kept.values()) if (!('error' in shared)) await shared.discard();
    },
  };
}

/** What the file system has against a file. */
interface Refused {
  readonly error: unknown;
}

/** Keeps what several zips share. */
async function keep(entry: TarEntry, beside: string): Promise<SharedBytes | Refused> {
  let file: AtomicFile;
  try {
    file = await openAtomically(beside);
  } catch (error) {
    return { error };
  }
  return (await write(file, entry.content)) ?? sharedBytes(file, entry.size);
}

async function receiveZip(
  zip: ZipToCome,
  digest: Digest,
  { content, size }: TarEntry,
): Promise<Diagnostic | undefined> {
  let file: AtomicFile;
  try {
    file = await openAtomically(zip.path);
  } catch (error) {
    return writeFailed(zip, error);
  }
  const hash = createHash('sha256');
  const refused = await write(file, content, (part) => hash.update(part));
  if (refused !== undefined) return writeFailed(zip, refused.error);
  const sha256 = hash.digest('hex');
  if (sha256 !== digest.sha256 || size !== digest.size) {
    await file.discard();
    return mismatch({ ...zip, digest }, { size, sha256 });
  }
  return file.commit().then(
    () => undefined,
    (error) => writeFailed(zip, error),
  );
}

/**
 * Writes what comes, and discards the file when that fails. While a part is written, it is looked at
 * and the next one is waited for.
 * @param content gives a part memory of its own until the next but one is asked for
 * @returns what the file system has against it, which concerns only this file
 * @throws what is wrong with the stream, which concerns all that is to come
 */
async function write(
  file: AtomicFile,
  content: AsyncIterable<Buffer>,
  look?: (part: Buffer) => void,
): Promise<Refused | undefined> {
  const begin = (part: Buffer): Promise<Refused | undefined> =>
    file.handle.writeFile(part).then(
      () => undefined,
      (error) => ({ error }),
    );
  let writing: ReturnType<typeof begin> = Promise.resolve(undefined);
  try {
    for await (const part of content) {
      if ((await writing) !== undefined) break;
      writing = begin(part);
      look?.(part);
    }
  } catch (error) {
    await writing;
    await file.discard();
    throw error;
  }
  const refused = await writing;
  if (refused !== undefined) await file.discard();
  return refused;
}
