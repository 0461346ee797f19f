import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Diagnostic, Location } from '../diagnostics/index.js';
import { type AtomicFile, openAtomically, sweepLeftovers } from './atomic-file.js';
import type { Digest } from './digest.js';
import { readExpected } from './expected-entries.js';
import type { TarEntry } from './tar-reader.js';
import { mismatch, writeFailed } from './write-errors.js';

/** A zip that is to come, and where it goes. */
export interface ZipToCome {
  readonly name: string;
  /** Its entry in the tar stream; `NAME.zip` when absent. */
  readonly entry?: string;
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
  const byEntry = zipsByEntry(expected);
  await sweepFolders(expected);
  const written: string[] = [];
  const failed = new Map<string, Diagnostic>();
  for await (const entry of readExpected(tar, byEntry.keys())) {
    const zip = byEntry.get(entry.name);
    if (zip === undefined) continue;
    const problem = await receiveZip(zip, zip.digest, entry);
    if (problem === undefined) written.push(zip.name);
    else failed.set(zip.name, problem);
  }
  return { written: written.sort(), failed };
}

/** Zips by the names of their entries. */
export function zipsByEntry<Z extends ZipToCome>(zips: readonly Z[]): ReadonlyMap<string, Z> {
  return new Map(zips.map((zip) => [zip.entry ?? `${zip.name}.zip`, zip]));
}

/** Removes what a killed build has left in the folders that zips go to. */
export async function sweepFolders(zips: readonly ZipToCome[]): Promise<void> {
  for (const folder of new Set(zips.map(({ path }) => dirname(path)))) await sweepLeftovers(folder);
}

/** Puts the zip into its place when it is whole and right, or tells what is wrong with it. */
export async function receiveZip(
  zip: ZipToCome,
  digest: Digest,
  entry: TarEntry,
): Promise<Diagnostic | undefined> {
  let file: AtomicFile;
  try {
    file = await openAtomically(zip.path);
  } catch (error) {
    return writeFailed(zip, error);
  }
  const hash = createHash('sha256');
  let broken: { readonly error: unknown } | undefined;
  async function* hashed() {
    try {
      for await (const part of entry.content) {
        hash.update(part);
        yield part;
      }
    } catch (error) {
      broken = { error };
      throw error;
    }
  }
  try {
    await writeFile(file.handle, hashed());
  } catch (error) {
    await file.discard();
    // An error of the stream concerns all zips, one of the disk only this.
    if (broken !== undefined) throw broken.error;
    return writeFailed(zip, error);
  }
  const sha256 = hash.digest('hex');
  if (sha256 !== digest.sha256 || entry.size !== digest.size) {
    await file.discard();
    return mismatch({ ...zip, digest }, { size: entry.size, sha256 });
  }
  return file.commit().then(
    () => undefined,
    (error) => writeFailed(zip, error),
  );
}
