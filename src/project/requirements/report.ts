import type { Diagnostic, Location } from '../../diagnostics/index.js';
import type { RequirementInput } from '../unit.js';
import { findInclude, type Include } from './include.js';
import type { Position } from './lines.js';
import { localRequirement } from './local-requirement.js';
import { packagePlace } from './package-place.js';
import type { RequirementLine } from './parse.js';
import * as problems from './problems.js';
import type { ProjectFiles } from './project-files.js';
import { readEditable, readRequirement, type Target } from './target.js';

/** What the lines of one requirements file, or one line of a manifest, ask of the project. */
export interface Report {
  readonly asked: readonly AskedRequirement[];
  readonly inputs: readonly RequirementInput[];
  readonly includes: readonly Include[];
  readonly usesSsh: boolean;
  /** It has no line at all but comments. */
  readonly isEmpty: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** A requirement as it is written, without comment and options, and where. */
export interface AskedRequirement {
  readonly text: string;
  readonly at: Location;
}

/** Where lines are written: the folder that -r is relative to, and the places of diagnostics. */
export interface Origin {
  readonly folder: string;
  readonly locate: (position: Position) => Location;
}

/** After so many, more of the same file would only hide the first. */
const mostDiagnostics = 100;

/** Looks up everything that the lines name. */
export function reportOf(
  lines: readonly RequirementLine[],
  origin: Origin,
  files: ProjectFiles,
): Report {
  const inputs: RequirementInput[] = [];
  const includes: Include[] = [];
  const diagnostics: Diagnostic[] = [];
  let usesSsh = false;
  let errors = 0;
  for (const line of lines) {
    const found = findingsOf(line, origin, files);
    inputs.push(...found.inputs);
    if (found.include !== undefined) includes.push(found.include);
    usesSsh ||= found.usesSsh;
    const failed = found.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
    // Warnings beyond the limit are dropped, but every line is still read.
    if (failed || diagnostics.length < mostDiagnostics) diagnostics.push(...found.diagnostics);
    if (failed) errors += 1;
    if (errors === mostDiagnostics) break;
  }
  const asked = lines.flatMap((line) =>
    line.kind === 'requirement' || line.kind === 'editable'
      ? { text: line.value.trim(), at: origin.locate(line) }
      : [],
  );
  return { asked, inputs, includes, usesSsh, isEmpty: lines.length === 0, diagnostics };
}

interface Findings {
  readonly inputs: readonly RequirementInput[];
  readonly include?: Include | undefined;
  readonly usesSsh: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

const nothing: Findings = { inputs: [], usesSsh: false, diagnostics: [] };

function findingsOf(
  line: RequirementLine,
  { folder, locate }: Origin,
  files: ProjectFiles,
): Findings {
  const at = locate(line);
  switch (line.kind) {
    case 'invalid':
      return { ...nothing, diagnostics: [problems.refusedLine(line, at)] };
    case 'credentials':
      return { ...nothing, diagnostics: [problems.insecureCredentials(line.host, at)] };
    case 'include':
      return { ...nothing, ...findInclude(line, folder, at, files) };
    case 'requirement':
      return findingsOfTarget(readRequirement(line.value), line.value, folder, at, files);
    case 'editable':
      return findingsOfTarget(readEditable(line.value), line.value, folder, at, files);
    case 'option': {
      const subject = places[line.option];
      if (subject === undefined) return nothing;
      return {
        ...nothing,
        ...packagePlace({ subject, value: line.value }, folder, at, files),
      };
    }
  }
}

const places: Readonly<Record<string, 'the index' | 'the folder of --find-links'>> = {
  '--find-links': 'the folder of --find-links',
  '--index-url': 'the index',
  '--extra-index-url': 'the index',
};

function findingsOfTarget(
  target: Target,
  text: string,
  folder: string,
  at: Location,
  files: ProjectFiles,
): Findings {
  switch (target.kind) {
    case 'index':
      return nothing;
    case 'unchecked':
    case 'remote':
      return { ...nothing, usesSsh: target.ssh };
    case 'invalid':
      return { ...nothing, diagnostics: [problems.refusedLine(target, at)] };
    case 'local-repository':
      return { ...nothing, diagnostics: [problems.localRepository(text, at)] };
    case 'local':
      return { ...nothing, ...localRequirement(target, folder, at, files) };
  }
}
