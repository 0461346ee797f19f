import { nearest } from '../../diagnostics/index.js';
import { type LogicalLine, sourceOffset } from './logical-lines.js';
import type { Problem, Report } from './report.js';

/** Every instruction, and how many words it needs at least. */
const keywords: Readonly<Record<string, number>> = {
  ADD: 2,
  ARG: 1,
  CMD: 0,
  COPY: 2,
  ENTRYPOINT: 0,
  ENV: 1,
  EXPOSE: 1,
  FROM: 1,
  HEALTHCHECK: 1,
  LABEL: 1,
  MAINTAINER: 1,
  ONBUILD: 1,
  RUN: 1,
  SHELL: 1,
  STOPSIGNAL: 1,
  USER: 1,
  VOLUME: 1,
  WORKDIR: 1,
};

/** What Docker does not take behind ONBUILD. */
const neverOnBuild = new Set(['FROM', 'MAINTAINER', 'ONBUILD']);

/**
 * Refuses what Docker would refuse with the number of a line in the generated Dockerfile, and with
 * every other unit in it: unknown instructions, and those without their arguments.
 */
export function checkKeyword(line: LogicalLine, report: Report): void {
  const [first = '', ...rest] = line.text.trim().split(/[\t ]+/);
  const problem = problemOf(first.toUpperCase(), rest);
  if (problem !== undefined) report({ offset: sourceOffset(line, 0), ...problem });
}

function problemOf(keyword: string, words: readonly string[]): Omit<Problem, 'offset'> | undefined {
  const needed = keywords[keyword];
  if (needed === undefined) {
    const meant = nearest(keyword, Object.keys(keywords));
    const hint = meant === undefined ? 'remove the line' : `did you mean ${meant}?`;
    return { message: `${JSON.stringify(keyword)} is no Dockerfile instruction`, hint };
  }
  const given = words.filter((word) => !word.startsWith('--'));
  const [first = '', ...rest] = given;
  // A JSON list without blanks is one word.
  if (given.length < needed && !(needed > 1 && first.startsWith('['))) {
    const message = `${keyword} needs ${needed === 1 ? 'an argument' : `${needed} arguments`}`;
    return { message, hint: 'complete the line, or remove it' };
  }
  if (keyword !== 'ONBUILD') return undefined;
  if (words[0]?.startsWith('--')) {
    return { message: 'ONBUILD takes no flags', hint: 'write them behind the instruction' };
  }
  const trigger = first.toUpperCase();
  if (!neverOnBuild.has(trigger)) return problemOf(trigger, rest);
  return { message: `${trigger} cannot come behind ONBUILD`, hint: 'remove the line' };
}
