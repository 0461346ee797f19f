import { lstat, realpath, rm, rmdir } from 'node:fs/promises';
import { dirname, join, posix, sep } from 'node:path';
import { sweepLeftovers } from './atomic-file.js';
import { readReport } from './report-file.js';
import { isWhatWasReported, type ZipFolder } from './reported.js';

/** The report's name in the folder of the zips. */
const REPORT = 'artifacts.json';

/**
 * Removes what builds have made in the output folder: the zips that artifacts.json lists, that list,
 * and then the folders that are empty, the output folder itself included. Whatever else is there
 * stays, and so does a zip whose bytes are not those that were made. No link is followed out of the
 * project.
 * @returns paths below the project of the zips that were removed
 */
export async function removeBuilt({ root, output }: ZipFolder): Promise<readonly string[]> {
  const folder = join(root, output);
  const report = await readReport(join(folder, REPORT));
  if (report === undefined || !(await isBelow(folder, root))) return [];
  const removed: string[] = [];
  for (const artifact of report.units) {
    const path = join(root, artifact.path);
    if (!isZipIn(output, artifact.path) || !(await isBelow(dirname(path), root))) continue;
    if (!(await isWhatWasReported(path, artifact))) continue;
    await rm(path, { force: true });
    removed.push(artifact.path);
  }
  if ((await lstat(join(folder, REPORT))).isFile()) await rm(join(folder, REPORT));
  await sweepLeftovers(folder);
  await removeEmpty(root, output, removed);
  return removed;
}

/** The report is a file that anybody may have written. */
function isZipIn(output: string, path: string): boolean {
  const isPlain = posix.normalize(path) === path;
  return isPlain && path.startsWith(`${output}/`) && path.endsWith('.zip');
}

/** Whether a folder, its links followed, is in the project and not the project itself. */
async function isBelow(folder: string, root: string): Promise<boolean> {
  const places = await Promise.all([realpath(folder), realpath(root)]).catch(() => undefined);
  return places?.[0].startsWith(`${places[1]}${sep}`) === true;
}

/** Folders of the zips that are empty now, from the deepest up to the output folder. */
async function removeEmpty(root: string, output: string, zips: readonly string[]): Promise<void> {
  const folders = new Set([output]);
  for (const zip of zips) {
    for (let folder = posix.dirname(zip); folder !== output; folder = posix.dirname(folder))
      folders.add(folder);
  }
  for (const folder of [...folders].sort((one, other) => other.length - one.length)) {
    // One that still holds something, or is a link, is refused by the system.
    await rmdir(join(root, folder)).catch(() => {});
  }
}
