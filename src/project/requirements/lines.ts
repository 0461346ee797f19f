/** A place in the text of a file; both count from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What pip takes for one line: continuations joined, the comment cut off, blanks at the ends gone. */
export interface LogicalLine {
  readonly text: string;
  /** The parts of lines it was joined from, in order; `from` is the part's offset in `text`. */
  readonly pieces: readonly (Position & { readonly from: number })[];
}

interface PhysicalLine extends Position {
  readonly text: string;
}

/**
 * Splits and joins as pip's `preprocess` does (pip/_internal/req/req_file.py), but leaves
 * environment variables as they are written. Takes linear time whatever the text.
 */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let parts: PhysicalLine[] = [];
  const finish = () => {
    const line = joined(parts);
    if (line.text !== '') lines.push(line);
    parts = [];
  };
  for (const physical of physicalLines(text)) {
    if (isComment(physical.text)) {
      // The blank makes the comment one also when it is joined to a line that asked for more.
      parts.push({ ...physical, text: ` ${physical.text}`, column: physical.column - 1 });
      finish();
    } else if (physical.text.endsWith('\\')) {
      parts.push(withoutBackslashes(physical));
    } else {
      parts.push(physical);
      finish();
    }
  }
  if (parts.length > 0) finish();
  return lines;
}

/** Where an offset of a logical line is in its file. */
export function positionIn(line: LogicalLine, offset: number): Position {
  let low = 0;
  let high = line.pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((line.pieces[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = line.pieces[low] ?? { line: 1, column: 1, from: 0 };
  return { line: piece.line, column: Math.max(1, piece.column + offset - piece.from) };
}

/** Python's str.splitlines; only \n, \r and \r\n also end a line for editors, and so in positions. */
function* physicalLines(text: string): Generator<PhysicalLine> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what Python splits lines at
  const separator = /\r\n|[\n\v\f\r\u001c-\u001e\u0085\u2028\u2029]/g;
  let start = 0;
  let line = 1;
  let column = 1;
  for (const match of text.matchAll(separator)) {
    yield { text: text.slice(start, match.index), line, column };
    const next = match.index + match[0].length;
    if (/[\r\n]/.test(match[0])) {
      line += 1;
      column = 1;
    } else {
      column += next - start;
    }
    start = next;
  }
  if (start < text.length) yield { text: text.slice(start), line, column };
}

/** pip strips backslashes off both ends of a line that ends in one. */
function withoutBackslashes({ text, line, column }: PhysicalLine): PhysicalLine {
  let start = 0;
  let end = text.length;
  while (text[start] === '\\') start += 1;
  while (end > start && text[end - 1] === '\\') end -= 1;
  return { text: text.slice(start, end), line, column: column + start };
}

function joined(parts: readonly PhysicalLine[]): LogicalLine {
  const whole = withoutComment(parts.map((part) => part.text).join(''));
  let start = 0;
  let end = whole.length;
  while (start < end && isBlank(whole, start)) start += 1;
  while (end > start && isBlank(whole, end - 1)) end -= 1;
  let from = -start;
  const pieces = parts.map((part) => {
    const piece = { line: part.line, column: part.column, from };
    from += part.text.length;
    return piece;
  });
  return { text: whole.slice(start, end), pieces };
}

function isComment(text: string): boolean {
  let index = 0;
  while (isBlank(text, index)) index += 1;
  return text[index] === '#';
}

/** Cuts at the first `#` that starts the line or follows a blank. */
function withoutComment(text: string): string {
  for (let hash = text.indexOf('#'); hash !== -1; hash = text.indexOf('#', hash + 1)) {
    if (hash !== 0 && !isBlank(text, hash - 1)) continue;
    let end = hash;
    while (end > 0 && isBlank(text, end - 1)) end -= 1;
    return text.slice(0, end);
  }
  return text;
}

/** Python's idea of white space, which is not JavaScript's. */
function isBlank(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code >= 0x1c;
  if (code < 0x85) return false;
  if (code >= 0x2000 && code <= 0x200a) return true;
  return [0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000].includes(code);
}
