import { advance, type Parts, readPattern, startOf } from './pattern.js';

/** Patterns of .dockerignore's syntax, asked for one path after another. */
export interface IgnorePatterns {
  /** Whether BuildKit leaves out a path (`/` between its names, none at its ends). */
  readonly excludes: (path: string) => boolean;
  /** Whether something below a folder that is left out may be taken back in. */
  readonly mayTakeBackBelow: (folder: string) => boolean;
}

/** What is known of a path, and by that of everything below it. */
interface Known {
  readonly excluded: boolean;
  readonly rules: readonly KnownRule[];
}

interface KnownRule {
  readonly takesBack: boolean;
  /** What may be left of the pattern below the path. */
  readonly rests: readonly Parts[];
  /** It has matched here or above where its answer changed something. */
  readonly holds: boolean;
}

/**
 * Of the patterns that match a path or a folder above it the last one decides, but BuildKit asks a
 * pattern only where its answer would change something: behind a pattern for all *.md, `!docs` does
 * not take docs/a.md back, because the folder was not left out.
 *
 * What is found of a folder is kept for all that is in it: a project may have 50,000 files.
 * @param patterns no comments, and none that Docker refuses (`isIgnorePattern`)
 * @see https://github.com/moby/patternmatcher, MatchesUsingParentResults
 */
export function ignorePatterns(patterns: readonly string[]): IgnorePatterns {
  const rules = patterns.map(readPattern).map(({ sign, parts }): KnownRule => {
    return { takesBack: sign === '!', rests: startOf(parts), holds: false };
  });
  const folders = new Map<string, Known>([['', { excluded: false, rules }]]);
  const inside = (path: string): Known => {
    const slash = path.lastIndexOf('/');
    return enter(folder(path.slice(0, Math.max(0, slash))), path.slice(slash + 1));
  };
  const folder = (path: string): Known => {
    const known = folders.get(path) ?? inside(path);
    folders.set(path, known);
    return known;
  };
  return {
    excludes: (path) => path !== '' && inside(path).excluded,
    mayTakeBackBelow: (path) =>
      folder(path).rules.some(({ takesBack, rests }) => takesBack && rests.length > 0),
  };
}

function enter(above: Known, name: string): Known {
  let excluded = false;
  const rules = above.rules.map((rule) => {
    const next = rule.rests.length === 0 ? rule : entered(rule, name, excluded);
    if (next.holds) excluded = !next.takesBack;
    return next;
  });
  return { excluded, rules };
}

function entered({ takesBack, rests, holds }: KnownRule, name: string, excluded: boolean) {
  const below = advance(rests, name);
  return {
    takesBack,
    rests: below.rests,
    holds: holds || (below.matched && excluded === takesBack),
  };
}
