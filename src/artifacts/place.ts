import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Diagnostic } from '../diagnostics/index.js';
import { openAtomically } from './atomic-file.js';
import type { ExpectedZip } from './receive.js';
import { writeFailed } from './write-errors.js';

/**
 * Brings a zip from elsewhere on this machine to its place, whole or not at all.
 * @param file Absolute path; it may be on another disk, so it is copied.
 * @returns what went wrong, if anything; an earlier zip is then as it was
 */
export async function placeZip(file: string, zip: ExpectedZip): Promise<Diagnostic | undefined> {
  try {
    const destination = await openAtomically(zip.path);
    try {
      await writeFile(destination.handle, createReadStream(file));
    } catch (error) {
      await destination.discard();
      throw error;
    }
    await destination.commit();
    return undefined;
  } catch (error) {
    return writeFailed(zip, error);
  }
}
