import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactsReport, DeclaredUnit } from './report.js';
import { isWhatWasReported, type ZipFolder } from './reported.js';

/**
 * Removes the zips that an earlier build has reported and of which no unit is declared any more. A
 * file that is not what was reported is somebody else's, and so is what is reported of elsewhere
 * than the output folder: both stay.
 * @returns the paths that were removed, as the report has them
 */
export async function removeGone(
  earlier: ArtifactsReport | undefined,
  declared: readonly DeclaredUnit[],
  { root, output }: ZipFolder,
): Promise<readonly string[]> {
  const wanted = new Set(declared.map(({ path }) => path));
  const gone = (earlier?.units ?? []).filter(
    ({ path, name }) => !wanted.has(path) && path === `${output}/${name}.zip` && isPlain(name),
  );
  const removed: string[] = [];
  for (const artifact of gone) {
    const path = join(root, artifact.path);
    if (!(await isWhatWasReported(path, artifact))) continue;
    await rm(path, { force: true });
    removed.push(artifact.path);
  }
  return removed;
}

/** The report is a file that anybody may have written. */
function isPlain(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name);
}
