import { advance, printParts, readPattern, startOf } from './pattern.js';

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
  for (const name of folder.split('/').filter((each) => each !== '')) {
    const { matched, rests } = advance(remaining, name);
    if (matched) return [`${sign}**`];
    remaining = rests;
  }
  return remaining.map((rest) => sign + printParts(rest));
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
