import type { Diagnostic, ExitCode } from '../diagnostics/index.js';
import { describeFailure, failureExitCode, type SolveFailure } from '../engine/index.js';
import { type BuildPlan, imageOwner, type StageOwner, stageOwners } from '../plan/index.js';
import type { OpenProject } from './open.js';
import { placeOfWords } from './place-of-words.js';

/** What a failed solve means for the units that were asked for. */
export interface Blame {
  /** Names of the units that cannot be built; empty when the failure concerns them all. */
  readonly units: ReadonlySet<string>;
  readonly diagnostic: Diagnostic;
  readonly exitCode: ExitCode;
}

/**
 * Finds the units behind a failure: by the stage that failed, or by the image that is missing.
 * @param asked names of the units that were being built; others are not named
 */
export function blame(
  said: SolveFailure,
  { project, plan }: Pick<OpenProject, 'project' | 'plan'>,
  asked: ReadonlySet<string>,
): Blame {
  const failure = fromContext(said, plan);
  const owner = ownerOf(failure, plan);
  const units = (owner?.units ?? []).filter((name) => asked.has(name));
  const at = placeOfWords(failure, project, new Set(units)) ?? owner?.at;
  const image = imageOf(plan, units[0]);
  const imageAt = project.units.find(({ name }) => name === units[0])?.base.at;
  return {
    units: new Set(units),
    diagnostic: describeFailure(failure, {
      units,
      ...(owner && { task: owner.task }),
      ...(at && { at }),
      ...(image !== undefined && { image }),
      ...(imageAt && { imageAt }),
    }),
    exitCode: failureExitCode(failure),
  };
}

/** What the engine takes for a file of another stage may be one of a named context, a folder of the project. */
function fromContext(failure: SolveFailure, { contexts }: BuildPlan): SolveFailure {
  if (failure.kind !== 'missing-file' || failure.within !== 'stage') return failure;
  const from = / --from=([\w.-]+)|,from=([\w.-]+)/.exec(failure.step ?? '');
  const context = contexts.find(({ id }) => id === (from?.[1] ?? from?.[2]));
  if (context === undefined) return failure;
  const { path } = context;
  const ignoreFile = `${path}/.dockerignore`;
  return { ...failure, path: `${path}/${failure.path}`, within: 'context', ignoreFile };
}

/** What a unit is built in, as the manifest names it. */
function imageOf(plan: BuildPlan, name: string | undefined): string | undefined {
  const unit = plan.units.find((each) => each.name === name);
  const base = plan.bases.find(({ id }) => id === unit?.base);
  return base?.kind === 'image' ? base.image : base?.path;
}

function ownerOf(failure: SolveFailure, plan: BuildPlan): StageOwner | undefined {
  if (failure.kind === 'image-unavailable') return imageOwner(plan, failure.image);
  // A full disk fails whichever step comes next: no unit is to blame.
  if (failure.kind === 'disk-full' || !('stage' in failure)) return undefined;
  return stageOwners(plan).get(failure.stage ?? '');
}
