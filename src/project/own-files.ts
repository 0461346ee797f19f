import { lstatSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Include } from './unit.js';

/**
 * Tells of paths in a unit's zip whether they are packed from a file of the project that is there now.
 * @param root absolute path of the project
 */
export function ownFiles(
  root: string,
  includes: readonly Pick<Include, 'kind' | 'from' | 'to'>[],
): (path: string) => boolean {
  return (path) =>
    includes.some(({ kind, from, to }) => {
      if (kind === 'file') return path === to;
      if (to !== '' && !path.startsWith(`${to}/`)) return false;
      return isThere(join(root, from, posix.relative(to, path)));
    });
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
