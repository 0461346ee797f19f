import type { Diagnostic } from '../../diagnostics/index.js';
import type { Requirement, RequirementInput, Requirements } from '../unit.js';
import type { Include } from './include.js';
import { tidyInputs } from './inputs.js';
import * as problems from './problems.js';
import { projectFiles } from './project-files.js';
import { remembered } from './remembered.js';
import type { AskedRequirement, Report } from './report.js';
import { reportOfFile, reportOfSource } from './source.js';

/** Requirements with every local input they have, and all that is wrong with them. */
export interface FollowedRequirements {
  readonly requirements: Requirements;
  /** Every requirement, also those of nested files; constraints are none. */
  readonly asked: readonly AskedRequirement[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Follows requirements of one project; files that units share are read once for all of them. */
export interface RequirementsReader {
  follow(sources: readonly Requirement[]): Promise<FollowedRequirements>;
}

/**
 * A reader of the project at `root`, an absolute path: the build context, and pip's working directory.
 * It remembers what it has read, so it is good for one run of the command. A file that several calls
 * meet gives each of them the same Diagnostic objects, so that a Set makes them one.
 */
export function createRequirementsReader(root: string): RequirementsReader {
  const files = projectFiles(root);
  const known: Known = {
    report: remembered((path: string) => reportOfFile(path, files)),
    empty: remembered(problems.empty),
    circle: remembered(({ path, at }: Include) => problems.circle(path, at)),
  };
  return {
    async follow(sources) {
      const gathered: Gathered = {
        asked: new Set(),
        inputs: [],
        diagnostics: new Set(),
        read: new Set(),
        usesSsh: false,
      };
      for (const source of sources) {
        walk(reportOfSource(source, files), known, gathered);
      }
      return {
        requirements: {
          sources,
          inputs: tidyInputs(gathered.inputs),
          usesSsh: gathered.usesSsh,
        },
        asked: [...gathered.asked],
        diagnostics: [...gathered.diagnostics],
      };
    },
  };
}

/** What the reader remembers between calls. */
interface Known {
  readonly report: (path: string) => Report;
  readonly empty: (path: string) => Diagnostic;
  readonly circle: (include: Include) => Diagnostic;
}

/** What one call has found so far; `read` holds the paths of the files it has entered. */
interface Gathered {
  readonly asked: Set<AskedRequirement>;
  readonly inputs: RequirementInput[];
  readonly diagnostics: Set<Diagnostic>;
  readonly read: Set<string>;
  usesSsh: boolean;
}

/** A file whose lines are being followed, and the next of its -r and -c lines. */
interface Frame {
  readonly path: string;
  readonly report: Report;
  next: number;
}

/** Goes through nested files depth first, as pip does, each once; nesting and circles have no limit. */
function walk(first: Report, known: Known, gathered: Gathered): void {
  const open = new Set<string>();
  const frames: Frame[] = [{ path: '', report: first, next: 0 }];
  gather(first, gathered);
  for (const requirement of first.asked) gathered.asked.add(requirement);
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const include = frame.report.includes[frame.next];
    frame.next += 1;
    if (include === undefined) {
      open.delete(frame.path);
      frames.pop();
      continue;
    }
    const { path, role } = include;
    const report = known.report(path);
    if (open.has(path)) gathered.diagnostics.add(known.circle(include));
    if (report.isEmpty && role === 'requirements') gathered.diagnostics.add(known.empty(path));
    // A file may be met as constraints first: what it asks for counts all the same.
    if (role === 'requirements') for (const each of report.asked) gathered.asked.add(each);
    if (gathered.read.has(path)) continue;
    gathered.read.add(path);
    gathered.inputs.push({ kind: 'file', path });
    gather(report, gathered);
    open.add(path);
    frames.push({ path, report, next: 0 });
  }
}

function gather(report: Report, gathered: Gathered): void {
  for (const input of report.inputs) gathered.inputs.push(input);
  for (const diagnostic of report.diagnostics) gathered.diagnostics.add(diagnostic);
  gathered.usesSsh ||= report.usesSsh;
}
