import { Problem } from './problem.js';

/**
 * Patterns of .dockerignore, asked for one path after another.
 *
 * They mean what they mean to the engine and to templates/ignore_patterns.py: `*` and `?` stop at a
 * slash, `**` does not; a folder that matches takes all below it along; the last pattern that
 * matches decides. Written anew because the npm library takes `+` and parentheses of a name for
 * operators, and a file named `constructor` for one that was never ignored.
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export interface IgnorePatterns {
  /** Whether a path (`/` between its parts, none at its ends) is left out. */
  excludes(path: string): boolean;
  /** Whether something below a folder that is left out may be taken back in. */
  mayTakeBackBelow(folder: string): boolean;
}

interface Rule {
  readonly takesBack: boolean;
  readonly matches: RegExp;
  /** The only path that it matches, apart from what lies below; absent when there may be more. */
  readonly literal?: string;
}

/**
 * @param patterns lines of a .dockerignore; those that begin with # are comments
 * @throws Problem for a text that is no pattern
 */
export function ignoreFile(patterns: readonly string[]): IgnorePatterns {
  return ignorePatterns(patterns.filter((pattern) => !pattern.startsWith('#')));
}

/** @throws Problem for a text that is no pattern */
export function ignorePatterns(patterns: readonly string[]): IgnorePatterns {
  const rules = patterns.flatMap(ruleOf);
  const known = new Map<string, readonly boolean[]>([['', rules.map(() => false)]]);
  const matched = (path: string): readonly boolean[] => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const above = matched(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    const result = rules.map((rule, index) => above[index] === true || rule.matches.test(path));
    known.set(path, result);
    return result;
  };
  return {
    excludes(path) {
      const last = rules[matched(path).lastIndexOf(true)];
      return last !== undefined && !last.takesBack;
    },
    mayTakeBackBelow: (folder) =>
      rules.some(
        ({ takesBack, literal }) => takesBack && (literal?.startsWith(`${folder}/`) ?? true),
      ),
  };
}

function ruleOf(pattern: string): readonly Rule[] {
  const text = pattern.trim();
  const takesBack = text.startsWith('!');
  const glob = clean(takesBack ? text.slice(1).trim() : text);
  if (glob === '') {
    if (takesBack) throw notAPattern(pattern);
    return [];
  }
  const literal = /[*?[\\]/.test(glob) ? {} : { literal: glob };
  return [{ takesBack, matches: regexOf(glob, pattern), ...literal }];
}

/** Without needless slashes and dots, as Go's filepath.Clean; `..` at the start matches nothing. */
function clean(glob: string): string {
  const parts: string[] = [];
  for (const part of glob.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

const component = /\*\*\/?|\*|\?|\[(\^?)((?:\\[\s\S]|[^\]\\])+)\]|\\([\s\S])|[\s\S]/gu;

function regexOf(glob: string, pattern: string): RegExp {
  const source = glob.replace(component, (all, negated, set, escaped, at: number) => {
    if (all === '[' || all === '\\') throw notAPattern(pattern);
    if (all.startsWith('**')) return at + all.length === glob.length ? '.*' : '(?:.*/)?';
    if (all === '*') return '[^/]*';
    if (all === '?') return '[^/]';
    if (set !== undefined) return `(?!/)[${negated}${classOf(set, pattern)}]`;
    // A dash has a meaning between brackets only, and elsewhere it must not be escaped.
    return all.endsWith('-') ? '-' : literally(escaped ?? all);
  });
  try {
    return new RegExp(`^${source}$`, 'su');
  } catch {
    throw notAPattern(pattern);
  }
}

/** What stands between brackets, where only a `-` between two characters has a meaning. */
function classOf(set: string, pattern: string): string {
  const characters = [...set.matchAll(/\\([\s\S])|[\s\S]/gu)];
  let source = '';
  for (let at = 0; at < characters.length; at += 1) {
    const low = characters[at];
    const isRange = characters[at + 1]?.[0] === '-';
    const high = isRange ? characters[at + 2] : low;
    if (low === undefined || high === undefined || low[0] === '-') throw notAPattern(pattern);
    source += `${literally(low[1] ?? low[0])}-${literally(high[1] ?? high[0])}`;
    if (isRange) at += 2;
  }
  return source;
}

function literally(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}

function notAPattern(pattern: string): Problem {
  return new Problem(
    'invalid-value',
    `${JSON.stringify(pattern)} in .dockerignore or exclude is no pattern`,
    'close the bracket, or write a backslash before a character that is meant as it is',
  );
}
