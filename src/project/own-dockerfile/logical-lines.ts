import { heredocsOf } from './heredocs.js';
import type { Report } from './report.js';

/**
 * An instruction with all of its lines. They are cut exactly as BuildKit cuts them, because an
 * instruction that ends elsewhere would swallow the stages behind it, or make its own text one.
 * dockerfile-ast cuts differently: it goes on after `\\`, and sees heredocs inside quotes.
 * @see https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go
 */
export interface LogicalLine {
  /** In upper case. */
  readonly keyword: string;
  /** All on one line: without continuations, the comments between them, and heredocs. */
  readonly text: string;
  /** Where each part of the text stands in the Dockerfile, in order. */
  readonly parts: readonly { readonly at: number; readonly source: number }[];
  /** Offsets in the Dockerfile; `end` is behind the last heredoc, before the line break. */
  readonly start: number;
  readonly end: number;
}

/** The offset in the Dockerfile of a character of the line's text. */
export function sourceOffset({ parts }: Pick<LogicalLine, 'parts'>, index: number): number {
  const part = parts.findLast(({ at }) => at <= index) ?? { at: 0, source: 0 };
  return part.source + index - part.at;
}

/** A little below BuildKit's limit of 65,535 bytes, because names of stages are put in. */
const longestLine = 60_000;

/** White space as Go has it. */
const space = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const leadingSpace = new RegExp(`^${space}*`);
const continuation = /([^\\])\\[ \t]*$|^\\[ \t]*$/;

interface PhysicalLine {
  readonly text: string;
  readonly start: number;
}

/** All instructions; undefined, with a report, when one of them does not end. */
export function logicalLines(source: string, report: Report): readonly LogicalLine[] | undefined {
  const lines = physicalLines(source);
  const tooLong = lines.find(({ text }) => Buffer.byteLength(text) > longestLine);
  if (tooLong !== undefined) {
    const message = `the line is longer than ${longestLine} bytes, about as many as Docker reads`;
    report({ offset: tooLong.start, message, hint: 'break it with \\ at line ends' });
    return undefined;
  }
  const found: LogicalLine[] = [];
  for (let index = 0; index < lines.length; ) {
    if (isSkipped(lines[index]?.text ?? '')) {
      index += 1;
      continue;
    }
    const read = readLine(lines, index, report);
    if (read === undefined) return undefined;
    found.push(read.line);
    index = read.next;
  }
  return found;
}

function readLine(lines: readonly PhysicalLine[], first: number, report: Report) {
  const written: LogicalLine['parts'][number][] = [];
  let next = first;
  let whole = '';
  let end = 0;
  for (let continues = true; continues; ) {
    const line = lines[next];
    if (line === undefined) {
      const message =
        'the last instruction ends in a \\, so that what follows would become part of it';
      report({ offset: written[0]?.source ?? 0, message, hint: 'remove the \\ at the end' });
      return undefined;
    }
    next += 1;
    if (written.length > 0 && isSkipped(line.text)) continue;
    continues = continuation.test(line.text);
    written.push({ at: whole.length, source: line.start });
    whole += line.text.replace(continuation, '$1');
    end = line.start + line.text.length;
  }
  const text = whole.replace(leadingSpace, '');
  const indent = whole.length - text.length;
  const parts = written.map(({ at, source }) => ({ at: at - indent, source }));
  const start = sourceOffset({ parts }, 0);
  const heredocs = heredocsOf(text, (problem) => report({ offset: start, ...problem }));
  if (heredocs === undefined) return undefined;
  for (const { name, chomps } of heredocs) {
    const isLast = ({ text: line }: PhysicalLine) =>
      (chomps ? line.replace(/^\t+/, '') : line) === name;
    const length = lines.slice(next).findIndex(isLast);
    const last = lines[next + length];
    if (length < 0 || last === undefined) {
      const message = `the heredoc <<${name} does not end`;
      report({ offset: start, message, hint: `end it with a line of nothing but ${name}` });
      return undefined;
    }
    next += length + 1;
    end = last.start + last.text.length;
  }
  const keyword = (/^[^\t ]*/.exec(text)?.[0] ?? '').toUpperCase();
  const line: LogicalLine = { keyword, text, parts, start, end };
  return { line, next };
}

/** A blank line or a comment, which counts for nothing between instructions and inside them. */
function isSkipped(text: string): boolean {
  const content = text.replace(leadingSpace, '');
  return content === '' || content.startsWith('#');
}

function physicalLines(source: string): readonly PhysicalLine[] {
  let start = 0;
  return source.split('\n').map((line) => {
    const found = { text: line.replace(/\r+$/, ''), start };
    start += line.length + 1;
    return found;
  });
}
