import { type LogicalLine, logicalLines, type Position, positionIn } from './lines.js';
import { readOptions } from './options.js';
import { quote, writtenCredentials } from './quote.js';
import { shellWords } from './shell-words.js';

/** What one line of a requirements file says to pip, with the place of its value. */
export type RequirementLine = Position &
  (
    | { readonly kind: 'requirement'; readonly value: string }
    | { readonly kind: 'editable'; readonly value: string }
    | { readonly kind: 'include'; readonly role: IncludeRole; readonly value: string }
    /** An option for the whole run, by its long name; '' is the value of a flag. */
    | { readonly kind: 'option'; readonly option: string; readonly value: string }
    /** A password or token written into a URL of the line. */
    | { readonly kind: 'credentials'; readonly host: string }
    /** A line that pip refuses. */
    | { readonly kind: 'invalid'; readonly problem: string; readonly hint?: string }
  );

/** `-r` or `-c`. */
export type IncludeRole = 'requirements' | 'constraints';

/**
 * Reads the text of a requirements file by pip's own rules (pip's reference, "Requirements File
 * Format", and pip/_internal/req/req_file.py). What pip ignores is left out: the second `-r` of a
 * line, options other than --hash behind a requirement, words that are no options.
 */
export function parseRequirements(text: string): readonly RequirementLine[] {
  return logicalLines(text).flatMap((line) => [...credentials(line), ...meaning(line)]);
}

function credentials(line: LogicalLine): readonly RequirementLine[] {
  return writtenCredentials(line.text).map(({ offset, host }) => ({
    kind: 'credentials',
    host,
    ...positionIn(line, offset),
  }));
}

function meaning(line: LogicalLine): readonly RequirementLine[] {
  const optionsStart = startOfOptions(line.text);
  const options = line.text.slice(optionsStart);
  const at = (offset: number) => positionIn(line, optionsStart + offset);
  const split = shellWords(options);
  if (split.kind === 'unclosed') {
    return [{ kind: 'invalid', problem: unclosed(options, split.offset), ...at(split.offset) }];
  }
  const read = readOptions(split.words);
  if (read.kind === 'refused') {
    const { problem, hint, offset } = read;
    return [{ kind: 'invalid', problem, ...(hint === undefined ? {} : { hint }), ...at(offset) }];
  }
  // A blank between requirement and options belongs to neither.
  const requirement = line.text.slice(0, Math.max(0, optionsStart - 1));
  const value = optionsStart === line.text.length ? line.text : requirement;
  if (value !== '') return [{ kind: 'requirement', value, ...positionIn(line, 0) }];

  const first = (name: string) => read.given.find((option) => option.name === name);
  const editable = first('--editable');
  const nested = first('--requirement') ?? first('--constraint');
  const empty = [editable ?? nested].find((option) => option?.value === '');
  if (empty !== undefined) {
    return [{ kind: 'invalid', problem: `${empty.name} names nothing`, ...at(empty.offset) }];
  }
  if (editable !== undefined) {
    return [{ kind: 'editable', value: editable.value, ...at(editable.offset) }];
  }
  if (nested !== undefined) {
    const role = nested.name === '--requirement' ? 'requirements' : 'constraints';
    return [{ kind: 'include', role, value: nested.value, ...at(nested.offset) }];
  }
  const links = first('--find-links');
  return read.given
    .filter((option) => option.name !== '--find-links' || option === links)
    .map(({ name, value, offset }) => ({ kind: 'option', option: name, value, ...at(offset) }));
}

/** Options begin with the first word, parted by spaces alone, that starts with a dash. */
function startOfOptions(text: string): number {
  if (text.startsWith('-')) return 0;
  const dash = text.indexOf(' -');
  return dash === -1 ? text.length : dash + 1;
}

function unclosed(options: string, offset: number): string {
  return options[offset] === '\\'
    ? 'the line ends in a backslash that continues nothing'
    : `the quotation mark in ${quote(options)} is not closed`;
}
