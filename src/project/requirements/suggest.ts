import { posix } from 'node:path';
import { nearest } from '../../diagnostics/index.js';
import type { ProjectFiles } from './project-files.js';

/** A folder of more names is a store, and comparing with each would take too long. */
const mostNames = 10_000;

/** An existing path of the project that was probably meant by one that does not exist. */
export function nearestPath(files: ProjectFiles, path: string): string | undefined {
  let meant = '';
  for (const name of path.split('/')) {
    const next = posix.join(meant, name);
    if (exists(files, next)) {
      meant = next;
      continue;
    }
    const names = files.names(meant);
    if (names.length > mostNames) return undefined;
    // A link that leads nowhere is in the listing under the very name.
    const near = nearest(
      name,
      names.filter((other) => other !== name),
    );
    if (near === undefined) return undefined;
    meant = posix.join(meant, near);
  }
  return exists(files, meant) && meant !== path ? meant : undefined;
}

/** Whether it is a file or folder of the project. */
export function exists(files: ProjectFiles, path: string): boolean {
  const { kind } = files.look(path);
  return kind === 'file' || kind === 'directory';
}

/** The path below the project of an absolute path that lies in it, if it does. */
export function belowRoot(root: string, absolute: string): string | undefined {
  const below = posix.relative(root, absolute);
  return below === '..' || below.startsWith('../') || posix.isAbsolute(below) ? undefined : below;
}
