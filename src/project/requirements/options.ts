import { nearest } from '../../diagnostics/index.js';
import { hasVariable, quote } from './quote.js';
import type { Word } from './shell-words.js';

/** An option by its long name, with its value ('' for a flag) and where the value starts. */
export interface GivenOption {
  readonly name: string;
  readonly value: string;
  readonly offset: number;
}

export type OptionsRead =
  | { readonly kind: 'read'; readonly given: readonly GivenOption[] }
  | {
      readonly kind: 'refused';
      readonly problem: string;
      readonly hint?: string;
      readonly offset: number;
    };

interface OptionForm {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly takesValue: boolean;
  /** False for an option that only some versions of pip know. */
  readonly always: boolean;
}

/** pip's SUPPORTED_OPTIONS and SUPPORTED_OPTIONS_REQ (req_file.py) of every version from 18 to 26. */
const forms: readonly OptionForm[] = [
  form('--index-url', true, ['-i', '--pypi-url']),
  form('--extra-index-url', true),
  form('--no-index', false),
  form('--constraint', true, ['-c']),
  form('--requirement', true, ['-r']),
  form('--editable', true, ['-e']),
  form('--find-links', true, ['-f']),
  form('--no-binary', true),
  form('--only-binary', true),
  form('--require-hashes', false),
  form('--pre', false),
  form('--trusted-host', true),
  form('--hash', true),
  form('--prefer-binary', false, [], false),
  form('--use-feature', true, [], false),
  form('--global-option', true, [], false),
  form('--install-option', true, [], false),
  form('--config-settings', true, ['-C'], false),
  form('--no-require-hashes', false, [], false),
  form('--all-releases', true, [], false),
  form('--only-final', true, [], false),
  form('--always-unzip', false, ['-Z'], false),
  form('--process-dependency-links', false, [], false),
];

const byName = new Map(
  forms.flatMap((one) => [one.name, ...one.aliases].map((name) => [name, one])),
);
const longNames = [...byName.keys()].filter((name) => name.startsWith('--'));

/** Options of pip's command line that people write into a requirements file. */
const commandLineOnly = new Set(
  '-U --upgrade -t --target --user --no-deps --no-cache-dir --cert --proxy --timeout --platform --python-version --no-build-isolation -q --quiet -v --verbose'.split(
    ' ',
  ),
);

/**
 * Reads words as the parser of Python's optparse that pip builds for a line: unique beginnings of
 * long names count, and what is neither an option nor a value is skipped. Refuses only what every
 * version of pip refuses.
 */
export function readOptions(words: readonly Word[]): OptionsRead {
  const given: GivenOption[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as Word;
    if (word.text === '--') break;
    if (!word.text.startsWith('-') || word.text === '-') continue;
    const { name, value } = splitWord(word.text);
    const found = findForm(name, word.offset);
    if ('kind' in found) return found;
    if (!found.takesValue) {
      if (value !== undefined) return refused(`${found.name} takes no value`, word.offset);
      given.push({ name: found.name, value: '', offset: word.offset });
      continue;
    }
    const next = words[index + 1];
    if (value === undefined && next === undefined) {
      return refused(`${name} needs a value`, word.offset);
    }
    if (value === undefined) index += 1;
    const option = {
      name: found.name,
      value: value ?? next?.text ?? '',
      offset:
        value === undefined ? (next?.offset ?? 0) : word.offset + word.text.length - value.length,
    };
    const problem = valueProblem(option);
    if (problem !== undefined) return refused(problem, option.offset);
    given.push(option);
  }
  return { kind: 'read', given };
}

/** `--name=value` and `-nvalue` hold their value in the same word. */
function splitWord(text: string): { name: string; value?: string } {
  if (!text.startsWith('--')) {
    return text.length > 2 ? { name: text.slice(0, 2), value: text.slice(2) } : { name: text };
  }
  const equals = text.indexOf('=');
  return equals === -1
    ? { name: text }
    : { name: text.slice(0, equals), value: text.slice(equals + 1) };
}

function findForm(name: string, offset: number): OptionForm | (OptionsRead & { kind: 'refused' }) {
  const exact = byName.get(name);
  if (exact !== undefined) return exact;
  const begun = name.startsWith('--') ? longNames.filter((long) => long.startsWith(name)) : [];
  const always = begun.filter((long) => byName.get(long)?.always);
  if (always.length > 1) {
    return refused(`${name} may mean ${always.join(' or ')}`, offset, 'write the option out');
  }
  const match = byName.get(always[0] ?? begun[0] ?? '');
  if (match !== undefined) return match;
  const meant = nearest(name, longNames);
  const problem = `${quote(name)} is no option of a requirements file`;
  if (commandLineOnly.has(name)) {
    return refused(problem, offset, 'it belongs to the command line of pip; remove it here');
  }
  return refused(problem, offset, meant === undefined ? undefined : `did you mean ${meant}?`);
}

/** What every version of pip refuses about a value; texts with environment variables are left alone. */
function valueProblem({ name, value }: GivenOption): string | undefined {
  if (hasVariable(value)) return undefined;
  if (name === '--hash' && !/^sha(256|384|512):/.test(value)) {
    return '--hash takes sha256:, sha384: or sha512: and the digest';
  }
  if (name === '--config-settings' && !value.includes('=')) {
    return '--config-settings takes KEY=VALUE';
  }
  return undefined;
}

function form(
  name: string,
  takesValue: boolean,
  aliases: readonly string[] = [],
  always = true,
): OptionForm {
  return { name, aliases, takesValue, always };
}

function refused(
  problem: string,
  offset: number,
  hint?: string,
): OptionsRead & { readonly kind: 'refused' } {
  return { kind: 'refused', problem, offset, ...(hint === undefined ? {} : { hint }) };
}
