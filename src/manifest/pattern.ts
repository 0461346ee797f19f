/** Longer ones are no patterns that a person wrote. */
const maxLength = 4096;
const characterClass = /\[(?!\^?\])\^?((?:\\.|[^\]\\])+)\]/gsu;

/**
 * Whether Docker takes this as a pattern of .dockerignore; it ends a build because of one that it
 * does not take, such as `[a` or `a\`.
 * @see https://pkg.go.dev/path/filepath#Match
 */
export function isIgnorePattern(text: string): boolean {
  if (text.length > maxLength || /^!?\s*$/.test(text)) return false;
  let isOrdered = true;
  const rest = text
    .replace(/\\.|\[(?!\^?\])\^?(?:\\.|[^\]\\])+\]/gsu, (part) =>
      part.startsWith('\\') ? '' : part,
    )
    .replace(characterClass, (_, inside: string) => {
      isOrdered &&= hasOrderedRanges(inside);
      return '';
    });
  return isOrdered && !/\[|\\$/.test(rest);
}

/** `[a-z]` but not `[z-a]`. */
function hasOrderedRanges(inside: string): boolean {
  const ranges = [...inside.matchAll(/(\\.|[^\\])-(\\.|[^\\])/gsu)];
  return ranges.every(([, low = '', high = '']) => codePointOf(low) <= codePointOf(high));
}

function codePointOf(character: string): number {
  return character.replace(/^\\/, '').codePointAt(0) ?? 0;
}
