import type { Diagnostic } from '../diagnostics/index.js';
import { ignoredBy } from './ignored.js';
import { shownInclude } from './include.js';
import { follow } from './paths/follow.js';
import { linkFinder } from './paths/links-below.js';
import { shownPath } from './paths/path.js';
import type { Tree } from './paths/tree.js';
import type { Include } from './unit.js';

/**
 * Finds links in an included folder that lead out of the project. What is left out anyway may
 * have any: a virtual environment, for example, has links to the machine's Python.
 * @param shared patterns that hold for the whole project, the user's .dockerignore first
 * @param output the folder of the zips, which is never packed
 */
export function outsideLinksIn(
  tree: Tree,
  shared: readonly string[],
  output: string,
): (include: Include, exclude: readonly string[]) => readonly Diagnostic[] {
  const ignored = ignoredBy(shared);
  const linksBelow = linkFinder(tree, (folder) => folder === output || ignored.folder(folder));
  return (include, exclude) => {
    const { kind, from, at } = include;
    const end = follow(tree, from);
    if (kind === 'file' || end.kind !== 'directory') return [];
    const links = linksBelow(end.path);
    if (links.length === 0) return [];
    const excluded = ignoredBy([...shared, ...exclude]);
    return links
      .filter(({ link }) => !excluded.file(link))
      .map(({ link, target }) => ({
        code: 'link-outside-project',
        severity: 'error',
        message: `${shownInclude(include)} has ${shownPath(link)} in it, a link out of the project, to ${shownPath(target)}`,
        at,
        hint: `put a copy in its place, or leave it out with exclude: [${JSON.stringify(link)}]`,
      }));
  };
}
