import type { Diagnostic, ExitCode, Location } from '../diagnostics/index.js';
import { describeFailure, failureExitCode, type SolveFailure } from '../engine/index.js';
import { type BuildPlan, imageOwner, type StageOwner, stageOwners } from '../plan/index.js';
import type { Unit } from '../project/index.js';
import type { OpenProject } from './open.js';
import { placeOfWords } from './place-of-words.js';
import { conflictDiagnostic } from './requirement-conflict.js';

/** What a failed solve means for the units that were asked for. */
export interface Blame {
  /** Names of the units that cannot be built. */
  readonly units: ReadonlySet<string>;
  /** Names of those that cannot be verified; when both are empty the failure concerns them all. */
  readonly verifies: ReadonlySet<string>;
  readonly diagnostic: Diagnostic;
  readonly exitCode: ExitCode;
}

/**
 * Finds the units behind a failure: by the stage that failed, or by the image that is missing.
 * @param asked names of the units that were being built; others are not named
 * @param verified names of those that were being verified
 */
export function blame(
  said: SolveFailure,
  { project, plan }: Pick<OpenProject, 'project' | 'plan'>,
  asked: ReadonlySet<string>,
  verified: ReadonlySet<string>,
): Blame {
  const failure = fromContext(said, plan);
  const owner = ownerOf(failure, plan);
  const units = (owner?.units ?? []).filter((name) => asked.has(name));
  const verifies = (owner?.verifies ?? []).filter((name) => verified.has(name));
  // A layer that was not asked for is built for the functions above it.
  const concerned = units.length > 0 ? units : (owner?.units ?? []);
  const at = placeOfWords(failure, project, new Set(concerned)) ?? owner?.at;
  const image =
    concerned.length > 0 ? imageOf(plan, concerned[0]) : verifyImageOf(plan, verifies[0]);
  const declared = project.units.find(({ name }) => name === (concerned[0] ?? verifies[0]));
  const imageAt = concerned.length > 0 ? declared?.base.at : verifyImageAt(declared);
  const log = failure.kind === 'step-failed' ? failure.log : [];
  const conflict = conflictDiagnostic({ project, plan }, concerned[0], log);
  return {
    units: new Set(units),
    verifies: new Set(verifies),
    diagnostic:
      conflict ??
      describeFailure(failure, {
        units: concerned.length > 0 ? concerned : verifies,
        ...(owner && { task: owner.task }),
        ...(at && { at }),
        ...(image !== undefined && { image }),
        ...(imageAt && { imageAt }),
        ...(project.words && { words: project.words }),
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

function verifyImageAt(declared: Unit | undefined): Location | undefined {
  return (declared?.verifyImage ?? declared?.runtimeImage)?.at;
}

function verifyImageOf(plan: BuildPlan, name: string | undefined): string | undefined {
  const unit = plan.units.find((each) => each.name === name);
  return plan.runtimeImages.find(({ id }) => id === unit?.verify?.runtimeImage)?.image;
}

function ownerOf(failure: SolveFailure, plan: BuildPlan): StageOwner | undefined {
  if (failure.kind === 'image-unavailable') return imageOwner(plan, failure.image);
  // A full disk fails whichever step comes next: no unit is to blame.
  if (failure.kind === 'disk-full' || !('stage' in failure)) return undefined;
  return stageOwners(plan).get(failure.stage ?? '');
}
