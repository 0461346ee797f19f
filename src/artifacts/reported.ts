import { lstat } from 'node:fs/promises';
import { hashZip } from './existing.js';
import type { Artifact } from './report.js';

/** Where zips are: an absolute folder, and the folder of the zips below it. */
export interface ZipFolder {
  readonly root: string;
  readonly output: string;
}

/** Whether a file is, byte for byte, the zip that a report lists; a link is not. */
export async function isWhatWasReported(
  path: string,
  { size, sha256 }: Pick<Artifact, 'size' | 'sha256'>,
): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || !found.isFile() || found.size !== size) return false;
  return (await hashZip(path))?.sha256 === sha256;
}
