import { type Diagnostic, hasErrors, nearest, PkgrError } from '../diagnostics/index.js';
import type { VariableInputs } from '../manifest/index.js';
import { type BuildPlan, type PlannedUnit, planProject } from '../plan/index.js';
import {
  type LoadedProject,
  loadProject,
  loadService,
  type Project,
  type ServiceOptions,
} from '../project/index.js';

/** Which project a command works on. */
export interface ProjectOptions {
  /** The folder the command is run in; absolute. */
  readonly cwd: string;
  /** The manifest, when it is not to be found by itself; relative to `cwd` or absolute. */
  readonly manifest?: string;
  /** What variables of a serverless.yml take their values from. */
  readonly inputs?: VariableInputs;
  /** The day against which the end of a runtime's support is judged. */
  readonly today: Date;
}

/** A project that can be built. */
export interface OpenProject {
  readonly project: Project;
  readonly plan: BuildPlan;
  /** What is worth telling although it stops nothing. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads and checks a project and plans its build.
 * @throws PkgrError with everything that is wrong, not only the first.
 */
export async function openProject(options: ProjectOptions): Promise<OpenProject> {
  return opened(await loadProject(options));
}

/**
 * The same for a service that the Serverless Framework has resolved, which its plugin hands over.
 * @throws PkgrError with everything that is wrong, not only the first.
 */
export async function openService(options: ServiceOptions): Promise<OpenProject> {
  return opened(await loadService(options));
}

function opened({ project, diagnostics }: LoadedProject): OpenProject {
  if (project === undefined || hasErrors(diagnostics)) throw new PkgrError(diagnostics);
  return { project, plan: planProject(project), diagnostics };
}

/**
 * The units that the command line names; all of them when it names none.
 * @throws PkgrError for each name that the manifest does not declare.
 */
export function selectUnits(plan: BuildPlan, names: readonly string[]): readonly PlannedUnit[] {
  if (names.length === 0) return plan.units;
  const known = plan.units.flatMap(({ name, key }) => (key === undefined ? name : [name, key]));
  const unknown = [...new Set(names)].filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new PkgrError(unknown.map((name) => unknownUnit(name, plan, known)));
  return plan.units.filter(
    ({ name, key }) => names.includes(name) || (key !== undefined && names.includes(key)),
  );
}

function unknownUnit(name: string, plan: BuildPlan, known: readonly string[]): Diagnostic {
  const near = nearest(name, known);
  const hint =
    near === undefined
      ? `it declares ${known.slice(0, 10).join(', ')}${known.length > 10 ? ', ...' : ''}`
      : `did you mean ${near}?`;
  return {
    code: 'unknown-unit',
    severity: 'error',
    message: `${plan.manifest} declares no unit ${JSON.stringify(name)}`,
    hint,
  };
}
