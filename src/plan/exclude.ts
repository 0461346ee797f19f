/**
 * What a pattern of .dockerignore's syntax means inside one folder.
 *
 * Units that leave out different files share one build context and so one .dockerignore; what only
 * one unit leaves out is therefore taken out when its zip is packed, where a file's path below the
 * project is no longer known. So each pattern is rewritten, once, for each folder that is included.
 * @param pattern a pattern against paths below the project; `!` in front takes files back in
 * @param folder path of the included folder below the project, '' for the project itself
 * @returns the patterns that say the same of paths below the folder; none when it says nothing
 */
export function patternBelow(pattern: string, folder: string): readonly string[] {
  const { sign, parts } = readPattern(pattern);
  let remaining = startOf(parts);
  for (const name of namesOf(folder)) {
    const { matched, rests } = advance(remaining, name);
    if (matched) return [`${sign}**`];
    remaining = rests;
  }
  return remaining.map((rest) => sign + printParts(rest));
}

/**
 * Whether BuildKit leaves a path out. Of the patterns that match it or a folder above it the last
 * one decides, but BuildKit asks a pattern only where its answer would change something: behind a
 * pattern for all *.md, `!docs` does not take docs/a.md back, because the folder was not left out.
 * @see https://github.com/moby/patternmatcher, MatchesUsingParentResults
 */
export function excludedBy(patterns: readonly string[]): (path: string) => boolean {
  const rules = patterns.map(readPattern);
  return (path) => {
    const states = rules.map(({ sign, parts }) => ({ sign, rests: startOf(parts), holds: false }));
    let excluded = false;
    for (const name of namesOf(path)) {
      excluded = false;
      for (const state of states) {
        const { matched, rests } = advance(state.rests, name);
        state.rests = rests;
        if (matched && excluded === (state.sign === '!')) state.holds = true;
        if (state.holds) excluded = state.sign === '';
      }
    }
    return excluded;
  };
}

/** The same patterns for BuildKit, so that one which matches a folder holds for all below it. */
export function withAllBelow(patterns: readonly string[]): readonly string[] {
  // Without exceptions they do already.
  if (!patterns.some((pattern) => pattern.trim().startsWith('!'))) return patterns;
  return patterns.flatMap((pattern) => {
    const { sign, parts } = readPattern(pattern);
    return parts.length === 0 ? [pattern] : [pattern, `${sign}${printParts(parts)}/**`];
  });
}

/** The text as a pattern that means exactly this text, in a .dockerignore too. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]!#^|]/g, '\\$&').replace(/^\s|\s$/g, '[$&]');
}

/** A pattern's components, cleaned as Go's filepath.Clean does; none when it can match nothing. */
type Parts = readonly string[];

interface Rule {
  readonly sign: '' | '!';
  readonly parts: Parts;
}

function readPattern(pattern: string): Rule {
  const text = pattern.trim();
  const sign = text.startsWith('!') ? '!' : '';
  const path = text.slice(sign.length).trim();
  const cleaned: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') cleaned.push(part);
    else if (cleaned.pop() === undefined && !path.startsWith('/')) return { sign, parts: [] };
  }
  const parts = cleaned.filter((part, index) => part !== '**' || cleaned[index - 1] !== '**');
  // BuildKit takes `**` and plain text as "ends with this text", so `**.py` is `**/*.py`.
  const ending = /^\*\*([^*?[\]\\]+)$/.exec(parts.join('/'))?.[1];
  if (ending === undefined || ending.startsWith('/')) return { sign, parts };
  return { sign, parts: ['**', ...`*${ending}`.split('/')] };
}

/** The parts as a pattern again, in which a name's own blank or `!` in front stays part of it. */
function printParts(parts: Parts): string {
  return parts.join('/').replace(/^!/, '\\!').replace(/^\s/, '[$&]');
}

function namesOf(path: string): readonly string[] {
  return path.split('/').filter((name) => name !== '');
}

/** Patterns of which nothing has been met yet. */
function startOf(parts: Parts): readonly Parts[] {
  return parts.length === 0 ? [] : [parts];
}

/** What may be left of a pattern one name further down, and whether it matches up to there. */
function advance(remaining: readonly Parts[], name: string) {
  const rests = new Map(
    remaining.flatMap((rest) => step(rest, name)).map((rest) => [rest.join('/'), rest]),
  );
  const matched = rests.delete('');
  return { matched, rests: [...rests.values()] };
}

/**
 * What is left of a pattern after the folder's next name; an empty rest has matched.
 * A `**` that does not stand alone is nothing or ends behind a slash: `a**b` is `ab` or `a*`, any
 * folders, `b`; and `a**` with a slash behind it may be nothing together with that slash.
 */
function step([first, ...others]: Parts, name: string): readonly Parts[] {
  if (first === undefined) return [];
  if (first === '**') {
    return [[first, ...others], ...(others.length === 0 ? [[]] : step(others, name))];
  }
  const found: Parts[] = [];
  const plain: string[] = [];
  const tokens = tokensOf(first);
  for (const [index, token] of tokens.entries()) {
    if (token !== '**') {
      plain.push(token);
      continue;
    }
    const tail = tokens.slice(index + 1).join('');
    const after = tail === '' ? others : [tail, ...others];
    if (!matches([...plain, '*'], name)) return found;
    if (after.length === 0) return [...found, [], ['**']];
    found.push(['**', ...after]);
    const [next, ...rest] = others;
    if (tail === '') return [...found, ...step([plain.join('') + next, ...rest], name)];
  }
  return matches(plain, name) ? [...found, others] : found;
}

/** `**`, an escaped character, a set in brackets, or one character. */
function tokensOf(component: string): readonly string[] {
  return component.match(/\*\*|\\.|\[\^?(?:\\.|[^\]\\])+\]|./gsu) ?? [];
}

/** Whether a name is what the tokens say; in time that no number of stars can explode. */
function matches(tokens: readonly string[], name: string): boolean {
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
    } else {
      return false;
    }
  }
  return tokens.slice(token).every((rest) => rest === '*');
}

function isOne(token: string | undefined, character: string): boolean {
  if (token === undefined || token === character || token === '?') return token !== undefined;
  if (token.startsWith('\\')) return token.slice(1) === character;
  return token.startsWith('[') && token.length > 1 && isInSet(token.slice(1, -1), character);
}

/** Members and ranges, as in Go's filepath.Match, which Docker uses. */
function isInSet(set: string, character: string): boolean {
  const negated = set.startsWith('^');
  const members = set.slice(negated ? 1 : 0).matchAll(/\\?(.)(?:-\\?(.))?/gsu);
  const code = character.codePointAt(0) ?? 0;
  const found = [...members].some(([, low = '', high = low]) => {
    return (low.codePointAt(0) ?? 0) <= code && code <= (high.codePointAt(0) ?? 0);
  });
  return found !== negated;
}
