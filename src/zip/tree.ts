import type { ZipEntry } from './entry.js';
import { quoteName, type ZipProblems } from './problem.js';

/** Links followed one after the other, as Linux has it (path_resolution(7)). */
const mostLinks = 40;

/** Tells of names that would be written twice, and of what would be written through a link. */
export function checkTree(entries: readonly ZipEntry[], problems: ZipProblems): void {
  const byPath = new Map<string, ZipEntry>();
  for (const entry of entries) {
    if (byPath.has(entry.path)) {
      problems.add(
        'zip-duplicate-name',
        `has two entries ${quoteName(entry.path)}`,
        'readers differ in which of them they take: zip it again into a new file',
      );
    }
    byPath.set(entry.path, entry);
  }
  const isSeen = new Set<string>();
  for (const { path } of entries) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const parent = path.slice(0, end);
      if (isSeen.has(parent)) break;
      isSeen.add(parent);
      const { kind = 'folder' } = byPath.get(parent) ?? {};
      if (kind === 'link') {
        const written = `${quoteName(path)} below the link ${quoteName(parent)}`;
        problems.add('zip-unsafe-name', `has an entry ${written}, which would lead it elsewhere`);
      } else if (kind === 'file') {
        const message = `has ${quoteName(parent)} both as a file and as the folder of ${quoteName(path)}`;
        problems.add('zip-duplicate-name', message);
      }
    }
  }
}

/** Tells of links that lead out of the folder that the zip is unpacked to. */
export function checkLinks(targets: ReadonlyMap<string, string>, problems: ZipProblems): void {
  for (const [path, target] of targets) {
    if (!leadsOut(path, targets)) continue;
    problems.add(
      'zip-unsafe-name',
      `has a link ${quoteName(path)} to ${quoteName(target)}, which leads out of where it is unpacked`,
      'pack the file itself, or link to it by a relative path inside the zip',
    );
  }
}

/** Follows a link as the system would, through other links of the zip. */
function leadsOut(path: string, targets: ReadonlyMap<string, string>): boolean {
  const done: string[] = [];
  const rest = path.split('/').toReversed();
  let followed = 0;
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (done.pop() === undefined) return true;
      continue;
    }
    const target = targets.get([...done, part].join('/'));
    if (target === undefined) {
      done.push(part);
      continue;
    }
    if (target.startsWith('/')) return true;
    followed += 1;
    // A circle leads nowhere, and so not out.
    if (followed > mostLinks) return false;
    rest.push(...target.split('/').toReversed());
  }
  return false;
}
