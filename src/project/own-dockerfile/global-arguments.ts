import { expand } from './expand.js';
import { type LogicalLine, sourceOffset } from './logical-lines.js';
import type { OwnBuild } from './own-dockerfile.js';
import type { Report } from './report.js';

/** A word of an ARG: a name, with a default or without. */
export interface WrittenArgument {
  readonly name: string;
  /** As it is written, quotes and all. */
  readonly value?: string;
  /** Where it begins and ends in the line's text. */
  readonly start: number;
  readonly end: number;
}

const word = /(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'\\])+/gsu;

/** An ARG, also one that a later stage gets from ONBUILD. */
export function isArgument({ text }: LogicalLine): boolean {
  return /^(ONBUILD[\t ]\s*)?ARG[\t ]/i.test(text);
}

/** The names that an ARG declares; undefined when its words cannot be told apart. */
export function argumentsOf({ text }: LogicalLine): readonly WrittenArgument[] | undefined {
  const keywords = /^(ONBUILD[\t ]\s*)?[^\t ]*/i;
  const args = text.replace(keywords, (found) => ' '.repeat(found.length));
  if (args.replaceAll(word, '').trim() !== '') return undefined;
  return [...args.matchAll(word)].map((match) => {
    const [, name = '', value] = /^([^=]*)(?:=(.*))?$/su.exec(match[0]) ?? [];
    const start = match.index;
    return { name, start, end: start + match[0].length, ...(value !== undefined && { value }) };
  });
}

/**
 * What FROM can use: the ARGs before the first FROM, by the values given or their defaults, and the
 * platform that Docker tells.
 */
export function globalArguments(
  lines: readonly LogicalLine[],
  { platform, args }: Pick<OwnBuild, 'platform' | 'args'>,
  report: Report,
): ReadonlyMap<string, string> {
  const [os = '', architecture = '', variant = ''] = platform.split('/');
  const known = new Map([
    ['TARGETPLATFORM', platform],
    ['TARGETOS', os],
    ['TARGETARCH', architecture],
    ['TARGETVARIANT', variant],
  ]);
  for (const name of known.keys()) known.set(name, givenValue(args, name) ?? known.get(name) ?? '');
  for (const line of lines) {
    const declared = argumentsOf(line);
    if (declared === undefined) {
      const message = 'this ARG has a quote or an escape that does not end';
      report({ offset: line.start, message, hint: 'write it as ARG NAME="value"' });
    }
    for (const { name, value, start } of declared ?? []) {
      const given = givenValue(args, name);
      if (given !== undefined) known.set(name, given);
      if (given !== undefined || value === undefined) continue;
      const offset = sourceOffset(line, start);
      const expanded = expand(value, known);
      if (expanded.kind === 'expanded') known.set(name, expanded.value);
      else report({ offset, ...unknownExpansion(expanded.text) });
    }
  }
  return known;
}

/** The value of an ARG that the manifest gives, as --build-arg would. */
export function givenValue(args: OwnBuild['args'], name: string): string | undefined {
  return Object.hasOwn(args, name) ? args[name] : undefined;
}

/** Says that a word has what only some engines expand. */
export function unknownExpansion(text: string) {
  return {
    message: `${JSON.stringify(text)} cannot be expanded here`,
    hint: 'use plain variables, or braces with :- or :+, and close all quotes',
  };
}
