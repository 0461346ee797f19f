import { stripVTControlCharacters } from 'node:util';

/** The last lines a step has printed, fit for a terminal. */
export interface LogTail {
  readonly lines: readonly string[];
  /** Bytes after the last newline: a message may end inside a character. */
  readonly unfinished: Uint8Array;
}

export const emptyLog: LogTail = { lines: [], unfinished: new Uint8Array(0) };

/**
 * Lines kept of a step, and characters kept of a line. A compiler's complaint may be followed by
 * many lines about what was tried after it.
 */
const LINES = 200;
const LINE_LENGTH = 1000;
/** Bytes kept of a line that does not end, such as a progress bar drawn over itself. */
const UNFINISHED_BYTES = 16 * 1024;

/** The tail after these bytes too. */
export function appendLog(tail: LogTail, data: Uint8Array): LogTail {
  const { ended, unfinished } = splitLog(tail.unfinished, data);
  const lines = ended.slice(-LINES).map(readable);
  return { lines: [...tail.lines, ...lines].slice(-LINES), unfinished };
}

/** The lines that these bytes end, as they were printed, and what is left of the last one. */
export function splitLog(unfinishedBefore: Uint8Array, data: Uint8Array) {
  const bytes = unfinishedBefore.length === 0 ? data : Buffer.concat([unfinishedBefore, data]);
  const end = bytes.lastIndexOf(0x0a);
  const unfinished = bytes.slice(end + 1).slice(-UNFINISHED_BYTES);
  if (end < 0) return { ended: [], unfinished };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('utf8');
  return { ended: text.split('\n'), unfinished };
}

/** All lines, the unfinished one among them when anything of it can be seen. */
export function logLines(tail: LogTail): readonly string[] {
  const last = readable(Buffer.from(tail.unfinished).toString('utf8'));
  return last === '' ? tail.lines : [...tail.lines, last].slice(-LINES);
}

/** The last line with anything to see. */
export function lastLogLine(tail: LogTail): string | undefined {
  return logLines(tail).findLast((line) => line.trim() !== '');
}

/** A line as it would look on a terminal: overwritten by \r, without escapes and control characters. */
export function readable(line: string): string {
  const shown = line.split('\r').findLast((part) => part !== '') ?? '';
  return stripVTControlCharacters(shown.slice(0, LINE_LENGTH))
    .replaceAll('\t', '    ')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '');
}
