import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic, Location } from '../diagnostics/index.js';
import type { DependencySet } from '../plan/index.js';
import type { OpenProject } from './open.js';

/** One side of a conflict, as pip tells it. */
export interface ConflictCause {
  /** The package whose version it is about, or that asks for it. */
  readonly name: string;
  /** What asks, such as `six==1.15.0` or `requests 2.32.3 depends on idna<4`. */
  readonly text: string;
}

const requested = /The user requested (?:\(constraint\) )?((\S[\w.-]*).*)$/;
const depends = /^\s*(([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])? \S+ depends on .+)$/;

/** The sides of the first conflict that pip tells of; none when it tells of none. */
export function conflictCauses(log: readonly string[]): readonly ConflictCause[] {
  const start = log.findIndex((line) => line.includes('The conflict is caused by:'));
  if (start < 0) return [];
  const causes: ConflictCause[] = [];
  for (const line of log.slice(start + 1)) {
    const [, text, name] = requested.exec(line) ?? depends.exec(line) ?? [];
    if (text === undefined || name === undefined) break;
    causes.push({ name, text: text.trim() });
  }
  return causes;
}

/**
 * The diagnostic of a failed install that says which requirements do not go together, and in which
 * file each of them stands; undefined when that is not why it failed.
 * @param unit the name of one of the units that it was for
 */
export function conflictDiagnostic(
  { project, plan }: Pick<OpenProject, 'project' | 'plan'>,
  unit: string | undefined,
  log: readonly string[],
): Diagnostic | undefined {
  const causes = conflictCauses(log);
  const wanted = plan.units.find(({ name }) => name === unit)?.dependencies;
  const set = plan.dependencySets.find(({ id }) => id === wanted);
  if (causes.length === 0 || set === undefined) return undefined;
  const lines = requirementLines(project.root, set);
  const used = new Set<RequirementLine>();
  const placed = causes.map((cause) => ({ cause, line: lineOf(cause, lines, used) }));
  const shown = placed.map(({ cause, line }) => {
    return line === undefined ? cause.text : `${cause.text} (${line.at.file}:${line.at.line})`;
  });
  const at = placed.find(({ line }) => line !== undefined)?.line?.at ?? set.at;
  const advice = project.words?.conflict;
  return {
    code: 'requirement-conflict',
    severity: 'error',
    message: `pip cannot install together what ${named(set)} requires: ${shown.join('; ')}`,
    at,
    hint: `change one of them so that a version fits all${advice === undefined ? '' : `; or ${advice}`}`,
  };
}

interface RequirementLine {
  readonly name: string;
  readonly text: string;
  readonly at: Location;
}

/** Every line of the set's files that names a package, in the order of the files. */
function requirementLines(root: string, set: DependencySet): readonly RequirementLine[] {
  const ordered = set.requirements.flatMap((one) => (one.kind === 'file' ? one.path : []));
  const files = set.inputs.flatMap(({ kind, path }) => (kind === 'file' ? path : []));
  return [...new Set([...ordered, ...files])].flatMap((file) =>
    read(join(root, file)).flatMap((text, index): readonly RequirementLine[] => {
      const name = /^\s*([A-Za-z0-9][\w.-]*)/.exec(text)?.[1];
      if (name === undefined) return [];
      return [{ name, text, at: { file, line: index + 1, column: text.search(/\S/) + 1 } }];
    }),
  );
}

/** The line that says it, each for one cause only; pip writes a requirement without its blanks. */
function lineOf(
  { name, text }: ConflictCause,
  lines: readonly RequirementLine[],
  used: Set<RequirementLine>,
): RequirementLine | undefined {
  const ofPackage = lines.filter((line) => !used.has(line) && normal(line.name) === normal(name));
  const plain = (words: string) => words.replace(/\s+/g, '');
  const found = ofPackage.find((line) => plain(line.text).startsWith(plain(text))) ?? ofPackage[0];
  if (found !== undefined) used.add(found);
  return found;
}

function normal(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

function named({ units }: DependencySet): string {
  const [first = '', ...more] = units;
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

function read(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
