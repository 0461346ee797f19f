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
  const sign = pattern.startsWith('!') ? '!' : '';
  const parts = split(sign === '' ? pattern : pattern.slice(1));
  if (parts.length === 0) return [];
  let remaining = expand(parts);
  for (const name of split(folder)) {
    const next = remaining.flatMap((rest) => step(rest, name));
    if (next.some((rest) => rest.length === 0)) return [`${sign}**`];
    remaining = next;
  }
  return [...new Set(remaining.map((rest) => sign + rest.join('/')))];
}

/** The text as a pattern that means exactly this text. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]!]/g, '\\$&');
}

function split(path: string): readonly string[] {
  return path
    .trim()
    .split('/')
    .filter((part) => part !== '' && part !== '.');
}

/** Patterns in which `**` only stands alone: `a**b` is `a*b` or `a*`, any folders, `*b`. */
function expand(parts: readonly string[]): readonly (readonly string[])[] {
  const index = parts.findIndex((part) => part.includes('**') && part !== '**');
  if (index < 0) return [parts];
  const part = parts[index] ?? '';
  const at = part.indexOf('**');
  const [head, tail] = [part.slice(0, at), part.slice(at).replace(/^\*+/, '')];
  const before = parts.slice(0, index);
  const after = parts.slice(index + 1);
  const across = [...(head === '' ? [] : [`${head}*`]), '**', `*${tail}`];
  return [
    ...expand([...before, `${head}*${tail}`, ...after]),
    ...expand([...before, ...across, ...after]),
  ];
}

/** What is left of a pattern after the folder's next name; an empty rest has matched. */
function step(rest: readonly string[], name: string): readonly (readonly string[])[] {
  const [first, ...others] = rest;
  if (first === undefined) return [];
  if (first === '**') return [rest, ...step(others, name)];
  return matches(first, name) ? [others] : [];
}

/** Whether a name matches one component of a pattern (Go's filepath.Match, as Docker uses it). */
function matches(component: string, name: string): boolean {
  const source = component.replace(
    /\\(.)|\[(\^?)([^\]]*)\]|[\s\S]/gu,
    (all, escaped, negated, set) => {
      if (escaped !== undefined) return literal(escaped);
      if (set !== undefined) return `[${negated}${set.replace(/[\\[]/g, '\\$&')}]`;
      if (all === '*') return '.*';
      return all === '?' ? '.' : literal(all);
    },
  );
  try {
    return new RegExp(`^${source}$`, 'su').test(name);
  } catch {
    return false;
  }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
