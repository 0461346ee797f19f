import type { Artifact, Change } from '../artifacts/index.js';
import { changesBetween } from '../inputs/index.js';

/**
 * Why a unit's zip is another one than was there before.
 * @param before what is recorded of the build before
 * @param found the sha256 of the zip that was there; undefined when there was none
 */
export function reasonsFor(
  before: Artifact | undefined,
  now: Artifact,
  found: string | undefined,
): readonly Change[] {
  if (before === undefined) {
    if (found === undefined) return [{ kind: 'first-build' }];
    return [{ kind: 'zip', path: now.path, change: 'unrecorded' }];
  }
  if (before.sha256 === now.sha256) return zipChange({ ...before, path: now.path }, found);
  const changes = changesBetween(before, now);
  return changes.length > 0 ? changes : [{ kind: 'nothing-recorded' }];
}

/** What has happened to a zip since it was built. */
export function zipChange(
  { path, sha256 }: Pick<Artifact, 'path' | 'sha256'>,
  found: string | undefined,
): readonly Change[] {
  if (found === sha256) return [];
  return [{ kind: 'zip', path, change: found === undefined ? 'missing' : 'other' }];
}
