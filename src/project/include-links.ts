import type { Diagnostic } from '../diagnostics/index.js';
import { ignorePatterns, withAllBelow } from './ignore-patterns/index.js';
import { shownInclude } from './include.js';
import { follow } from './paths/follow.js';
import { linkFinder } from './paths/links-below.js';
import { shownPath } from './paths/path.js';
import type { Tree } from './paths/tree.js';
import type { Include } from './unit.js';

/** Patterns that decide what is packed. */
interface Excludes {
  /** The user's own .dockerignore. */
  readonly dockerignore: readonly string[];
  /** The manifest's global ones. */
  readonly exclude: readonly string[];
  /** Of each unit, the global ones first. */
  readonly units: readonly { readonly exclude: readonly string[] }[];
}

/**
 * Tells of a path whether it, and all that is below it, is packed for no unit.
 * @param output the folder of the zips, which is never packed
 */
export function leftOutForAll(
  { dockerignore, exclude, units }: Excludes,
  output: string,
): (path: string) => boolean {
  // What one unit takes back in is looked at for all of them.
  const exceptions = units.flatMap((unit) => unit.exclude).filter((line) => /^\s*!/.test(line));
  const forAll = withAllBelow([...exclude, ...new Set(exceptions)]);
  const ignored = ignorePatterns([...dockerignore, ...forAll]);
  return (path) => path === output || (ignored.excludes(path) && !ignored.mayTakeBackBelow(path));
}

/**
 * Finds links in an included folder that lead out of the project. What is left out anyway may
 * have any: a virtual environment, for example, has links to the machine's Python.
 */
export function outsideLinksIn(
  tree: Tree,
  { dockerignore }: Pick<Excludes, 'dockerignore'>,
  isLeftOut: (folder: string) => boolean,
): (include: Include, unit: Excludes['units'][number]) => readonly Diagnostic[] {
  const linksBelow = linkFinder(tree, isLeftOut);
  return (include, unit) => {
    const { kind, from, at, exclude: own = [] } = include;
    const end = follow(tree, from);
    if (kind === 'file' || end.kind !== 'directory') return [];
    const links = linksBelow(end.path);
    if (links.length === 0) return [];
    const { excludes } = ignorePatterns([
      ...dockerignore,
      ...withAllBelow([...unit.exclude, ...own]),
    ]);
    return links
      .filter(({ link }) => !excludes(link))
      .map(({ link, target }) => ({
        code: 'link-outside-project',
        severity: 'error',
        message: `${shownInclude(include)} has ${shownPath(link)} in it, a link out of the project, to ${shownPath(target)}`,
        at,
        hint: `put a copy in its place, or leave it out with exclude: [${JSON.stringify(link)}]`,
      }));
  };
}
