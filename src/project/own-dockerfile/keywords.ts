import { nearest } from '../../diagnostics/index.js';
import { type LogicalLine, sourceOffset } from './logical-lines.js';
import type { Report } from './report.js';

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

/**
 * Refuses what Docker would refuse with the number of a line in the generated Dockerfile, and with
 * every other unit in it: unknown instructions, and those without their arguments.
 */
export function checkKeyword(line: LogicalLine, report: Report): void {
  const { keyword } = line;
  const needed = keywords[keyword];
  const offset = sourceOffset(line, 0);
  if (needed === undefined) {
    const meant = nearest(keyword, Object.keys(keywords));
    const hint = meant === undefined ? 'remove the line' : `did you mean ${meant}?`;
    report({ offset, message: `${JSON.stringify(keyword)} is no Dockerfile instruction`, hint });
    return;
  }
  const words = line.text
    .split(/[\t ]+/)
    .slice(1)
    .filter((word) => word !== '' && !word.startsWith('--'));
  // A JSON list without blanks is one word.
  if (words.length >= needed || (needed > 1 && words[0]?.startsWith('['))) return;
  const many = needed === 1 ? 'an argument' : `${needed} arguments`;
  report({
    offset,
    message: `${keyword} needs ${many}`,
    hint: 'complete the line, or remove it',
  });
}
