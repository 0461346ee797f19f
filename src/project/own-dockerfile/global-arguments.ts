import { expand } from './expand.js';
import { type LogicalLine, sourceOffset } from './logical-lines.js';
import type { Report } from './report.js';

/** A word of an ARG: a name, with a default or without. */
export interface WrittenArgument {
  readonly name: string;
  /** As it is written, quotes and all. */
  readonly value?: string;
  /** Where it begins in the line's text. */
  readonly start: number;
}

const word = /(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'\\])+/gsu;

/** The names that an ARG declares; undefined when its words cannot be told apart. */
export function argumentsOf({ text }: LogicalLine): readonly WrittenArgument[] | undefined {
  const args = text.replace(/^[^\t ]*/, (keyword) => ' '.repeat(keyword.length));
  if (args.replaceAll(word, '').trim() !== '') return undefined;
  return [...args.matchAll(word)].map((match) => {
    const [, name = '', value] = /^([^=]*)(?:=(.*))?$/su.exec(match[0]) ?? [];
    return { name, start: match.index, ...(value !== undefined && { value }) };
  });
}

/**
 * What FROM can use: the ARGs before the first FROM, by their defaults, and the platform that Docker
 * tells. No build argument is given to a build of pkgr's, so the defaults are what counts.
 * @param platform such as linux/amd64
 */
export function globalArguments(
  lines: readonly LogicalLine[],
  platform: string,
  report: Report,
): ReadonlyMap<string, string> {
  const [os = '', architecture = '', variant = ''] = platform.split('/');
  const known = new Map([
    ['TARGETPLATFORM', platform],
    ['TARGETOS', os],
    ['TARGETARCH', architecture],
    ['TARGETVARIANT', variant],
  ]);
  for (const line of lines) {
    const declared = argumentsOf(line);
    if (declared === undefined) {
      const message = 'this ARG has a quote or an escape that does not end';
      report({ offset: line.start, message, hint: 'write it as ARG NAME="value"' });
    }
    for (const { name, value, start } of declared ?? []) {
      if (value === undefined) continue;
      const offset = sourceOffset(line, start);
      const expanded = expand(value, known);
      if (expanded.kind === 'expanded') known.set(name, expanded.value);
      else report({ offset, ...unknownExpansion(expanded.text) });
    }
  }
  return known;
}

/** Says that a word has what only some engines expand. */
export function unknownExpansion(text: string) {
  return {
    message: `${JSON.stringify(text)} cannot be expanded here`,
    hint: 'use plain variables, or braces with :- or :+, and close all quotes',
  };
}
