import type { Change, RequirementInputs } from '../artifacts/index.js';
import { changed } from './changed.js';
import { inputChanges } from './input-changes.js';

const nothing: RequirementInputs = { lines: {}, files: [] };

/** What has changed of the lines and files that pip reads. */
export function requirementChanges(
  before: RequirementInputs = nothing,
  now: RequirementInputs = nothing,
): readonly Change[] {
  const files = [...new Set([...Object.keys(before.lines), ...Object.keys(now.lines)])].sort();
  return [
    ...files.flatMap((file) => lineChanges(file, before.lines[file], now.lines[file])),
    ...inputChanges(before.files, now.files),
  ];
}

/** Lines that are gone and lines that are new; two of the same package are one change. */
function lineChanges(
  file: string,
  before: readonly string[] = [],
  now: readonly string[] = [],
): readonly Change[] {
  const gone = without(before, now);
  const added = without(now, before);
  const changes: Change[] = [];
  for (const line of gone) {
    const name = nameIn(line);
    const index = name === undefined ? -1 : added.findIndex((other) => nameIn(other) === name);
    const [to] = index < 0 ? [] : added.splice(index, 1);
    changes.push(changed({ kind: 'requirement', file }, line, to));
  }
  return [...changes, ...added.map((to): Change => ({ kind: 'requirement', file, to }))];
}

/** Lines that the others do not have as often. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return lines.filter((line) => {
    const index = rest.indexOf(line);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

/** The package that a line is about, as an index has its name; undefined for an option or a path. */
function nameIn(line: string): string | undefined {
  const name = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:$|[[<>=!~;@(\s])/.exec(line)?.[1];
  return name?.toLowerCase().replace(/[-_.]+/g, '-');
}
