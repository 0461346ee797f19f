import { posix } from 'node:path';
import { removeBuilt } from '../artifacts/index.js';

/** Where a project has its zips. */
export interface CleanOptions {
  /** The project's folder; absolute. */
  readonly cwd: string;
  /** The folder of the zips, relative to it, as the manifest has it. */
  readonly output: string;
}

/**
 * Removes zips that builds have made, and their report. It needs no manifest, so that it works also
 * where a package is deployed without its sources.
 * @returns the zips that were removed, below the project; what is not pkgr's stays and is not told
 */
export async function clean({ cwd, output }: CleanOptions): Promise<readonly string[]> {
  const folder = posix.normalize(output).replace(/\/+$/, '');
  if (folder === '.' || folder === '' || /^(\/|\.\.(\/|$))/.test(folder)) return [];
  return removeBuilt({ root: cwd, output: folder });
}
