import { follow } from './follow.js';
import { type Tree, unpacked } from './tree.js';

/** A link that leads out of the project. */
export interface OutsideLink {
  /** Path of the link below the project. */
  readonly link: string;
  /** What is written in it. */
  readonly target: string;
}

/**
 * Finds the links below a folder that lead out of the project, without following any folder link.
 * @param skips folders whose content is not packed, whatever includes it
 */
export function linkFinder(
  tree: Tree,
  skips: (folder: string) => boolean,
): (folder: string) => readonly OutsideLink[] {
  const known = new Map<string, readonly OutsideLink[]>();
  return function below(folder) {
    const found = known.get(folder);
    if (found !== undefined) return found;
    const links = tree.names(folder).flatMap((name): readonly OutsideLink[] => {
      const path = folder === '' ? name : `${folder}/${name}`;
      const entry = tree.entry(path);
      if (entry.kind === 'directory') return unpacked.has(name) || skips(path) ? [] : below(path);
      if (entry.kind !== 'link') return [];
      const end = follow(tree, path);
      return end.kind === 'outside' ? [{ link: end.link, target: end.target }] : [];
    });
    known.set(folder, links);
    return links;
  };
}
