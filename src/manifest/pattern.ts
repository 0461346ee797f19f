/** Longer ones are no patterns that a person wrote. */
const maxLength = 4096;

/** A character of a set in brackets; only with a backslash may it be a bracket's end or a dash. */
const member = String.raw`(?:\\.|[^\]\\-])`;
const set = String.raw`\[(?!\^?[\]-])\^?(?:${member}(?:-${member})?)+\]`;
const token = new RegExp(String.raw`\*\*|\\.|${set}|.`, 'gsu');

/**
 * The smallest parts of a pattern of .dockerignore: `**`, an escaped character, a set in brackets
 * (members and ranges, behind `^` all others), or one character. What cannot be part of a pattern,
 * a bracket or a backslash left open, stands alone.
 * @see https://pkg.go.dev/path/filepath#Match
 */
export function patternTokens(text: string): readonly string[] {
  return text.match(token) ?? [];
}

/** The lowest and the highest of each range of a set, as code points; one character is both. */
export function rangesOfSet(token: string): readonly (readonly [number, number])[] {
  const members = token.replace(/^\[\^?|\]$/g, '').matchAll(/\\?(.)(?:-\\?(.))?/gsu);
  return [...members].map(([, low = '', high = low]) => [codePointOf(low), codePointOf(high)]);
}

/**
 * Whether Docker takes this as a pattern of .dockerignore; it ends a build because of one that it
 * does not take, such as `[a`, `[b-a]` or `a\`.
 */
export function isIgnorePattern(text: string): boolean {
  if (text.length > maxLength || /^!?\s*$/.test(text)) return false;
  return patternTokens(text).every((each) => {
    if (each === '[' || each === '\\') return false;
    return !each.startsWith('[') || rangesOfSet(each).every(([low, high]) => low <= high);
  });
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
