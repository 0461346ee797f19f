import { follow } from '../paths/follow.js';
import type { Tree } from '../paths/tree.js';

/** Whether a path has signs that a shell would expand. */
export function isGlob(path: string): boolean {
  return /[*?[]/.test(path);
}

/**
 * The paths below the project that a shell would put in a glob's place, sorted: `*` and `?` stop at
 * a slash, `[a-z]` and `[!a-z]` are one character, and a name that begins with a dot is only matched
 * by a dot.
 * @param path POSIX below the project, normalised
 */
export function expandGlob(tree: Tree, path: string): readonly string[] {
  let found = [''];
  for (const part of path.split('/')) {
    found = found.flatMap((folder) => {
      const below = (name: string) => (folder === '' ? name : `${folder}/${name}`);
      if (!isGlob(part)) return tree.entry(below(part)).kind === 'missing' ? [] : [below(part)];
      const end = follow(tree, folder);
      if (end.kind !== 'directory') return [];
      return tree
        .names(end.path)
        .filter((name) => matchesName(part, name))
        .map(below);
    });
  }
  return found;
}

/** Whether a name matches a glob without slashes; in time that no number of stars can explode. */
export function matchesName(glob: string, name: string): boolean {
  if (name.startsWith('.') && !glob.startsWith('.')) return false;
  const tokens = tokensOf(glob);
  const characters = [...name];
  let token = 0;
  let afterStar = -1;
  let resume = 0;
  for (let at = 0; at < characters.length; ) {
    if (tokens[token] === '*') {
      token += 1;
      [afterStar, resume] = [token, at];
    } else if (isOne(tokens[token], characters[at] ?? '')) {
      token += 1;
      at += 1;
    } else if (afterStar >= 0) {
      resume += 1;
      [token, at] = [afterStar, resume];
    } else return false;
  }
  return tokens.slice(token).every((rest) => rest === '*');
}

/** A star, a question mark, a set in brackets, or one character; a bracket left open is itself. */
function tokensOf(glob: string): readonly string[] {
  return glob.match(/\[[!^]?\]?[^\]]*\]|./gsu) ?? [];
}

function isOne(token: string | undefined, character: string): boolean {
  if (token === undefined) return false;
  if (token === '?') return true;
  return token.length > 1 && token.startsWith('[')
    ? isInSet(token.slice(1, -1), character)
    : token === character;
}

function isInSet(set: string, character: string): boolean {
  const isNegated = /^[!^]/.test(set);
  const members = set.slice(isNegated ? 1 : 0).matchAll(/(.)(?:-(.))?/gsu);
  const code = character.codePointAt(0) ?? 0;
  const isMember = [...members].some(([, low = '', high = low]) => {
    return (low.codePointAt(0) ?? 0) <= code && code <= (high.codePointAt(0) ?? 0);
  });
  return isMember !== isNegated;
}
