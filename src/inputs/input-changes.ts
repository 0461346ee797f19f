import type { Change, FileInput } from '../artifacts/index.js';
import { contentChanges } from './folder-changes.js';

/** What has changed of files and folders that are not packed themselves. */
export function inputChanges(
  before: readonly FileInput[],
  now: readonly FileInput[],
): readonly Change[] {
  const earlier = new Map(before.map((input) => [pathOf(input), input]));
  const later = new Map(now.map((input) => [pathOf(input), input]));
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((path): Change[] => {
    const [one, other] = [earlier.get(path), later.get(path)];
    if (one !== undefined && other !== undefined) {
      return contentChanges(path, one, other).map((change) => ({ kind: 'file', ...change }));
    }
    const change = one === undefined ? 'added' : 'removed';
    return [{ kind: 'file', path: path === '' ? './' : path, change }];
  });
}

/** A folder's with a slash at its end; empty for the project itself. */
function pathOf({ path, entries }: FileInput): string {
  return entries === undefined || path === '' ? path : `${path}/`;
}
