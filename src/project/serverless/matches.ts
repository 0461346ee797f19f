import { ignorePatterns } from '../ignore-patterns/index.js';
import { follow } from '../paths/follow.js';
import type { Tree } from '../paths/tree.js';
import type { Glob } from './glob.js';
import { below } from './selection.js';

/** Names that are looked at; a pattern that matches nothing of so many has the benefit of the doubt. */
const most = 20_000;

/** Whether a pattern matches a file of the project. */
export function matchesSomething(tree: Tree, glob: Glob & { readonly kind: 'glob' }): boolean {
  const { excludes } = ignorePatterns(glob.patterns);
  const ahead = [glob.folder];
  let seen = 0;
  for (let folder = ahead.pop(); folder !== undefined; folder = ahead.pop()) {
    for (const name of tree.names(folder)) {
      seen += 1;
      if (seen > most) return true;
      const path = below(folder, name);
      const { kind } = tree.entry(path);
      if (kind === 'directory') ahead.push(path);
      else if (excludes(path) && follow(tree, path).kind !== 'missing') return true;
    }
  }
  return false;
}
