/** A place in a text; line and column count from 1, column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets of one text into positions; the line breaks are YAML's: LF, CR LF and CR. */
export function positionsOf(text: string): (offset: number) => Position {
  const starts = [0];
  for (const lineBreak of text.matchAll(/\r\n|\n|\r/g)) {
    starts.push(lineBreak.index + lineBreak[0].length);
  }
  return (offset) => {
    const line = lastAtMost(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

/** Index of the last number that is not greater, by halving; the first number is 0. */
function lastAtMost(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
