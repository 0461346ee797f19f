import type { Location } from '../diagnostics/index.js';
import { fullImageName } from './image-name.js';
import { ownBaseOf } from './own-base.js';
import type { BuildPlan, PlannedBase } from './plan.js';
import { derivedStages } from './stage-names.js';

/** Who is concerned when a stage fails. */
export interface StageOwner {
  /** Names of the units that need the stage. */
  readonly units: readonly string[];
  /** What the stage does, such as `install deps-1`. */
  readonly task: string;
  /** The place in the manifest that asks for it. */
  readonly at?: Location;
}

/** For each stage of the generated Dockerfiles, the units behind it and where they say so. */
export function stageOwners(plan: BuildPlan): ReadonlyMap<string, StageOwner> {
  const owners = new Map<string, StageOwner>();
  const add = (stage: string, owner: StageOwner) => owners.set(stage, owner);
  for (const base of plan.bases) {
    for (const [stage, task] of baseTasks(base)) add(stage, owned(base.units, task, base.at));
  }
  for (const { id, units, at } of plan.runtimeImages) add(id, owned(units, `pull ${id}`, at));
  for (const { id, units, packages } of plan.systems) {
    add(id, owned(units, 'install OS packages', packages.at));
  }
  for (const { id, units, at } of plan.dependencySets) {
    add(id, owned(units, `install ${id}`, at));
    for (const zip of plan.packageZips) {
      if (zip.dependencies === id) add(zip.id, owned(zip.units, `deflate ${id}`, at));
    }
  }
  for (const { id, units, at } of plan.librarySets) add(id, owned(units, `collect ${id}`, at));
  for (const { target, name, at } of plan.units) {
    add(target, owned([name], `export ${name}`, at));
    add(target + derivedStages.code, owned([name], `copy the code of ${name}`, at));
    add(target + derivedStages.zip, owned([name], `pack ${name}`, at));
  }
  return owners;
}

/**
 * The units built on an image, for when it cannot be had.
 * @param image as the manifest or the engine writes it
 */
export function imageOwner(plan: BuildPlan, image: string): StageOwner | undefined {
  const wanted = fullImageName(image);
  const bases = [
    ...plan.bases.filter((base) => imagesOfBase(base).map(fullImageName).includes(wanted)),
    ...plan.runtimeImages.filter((like) => fullImageName(like.image) === wanted),
  ];
  if (bases.length === 0) return undefined;
  const units = bases.flatMap((base) => base.units);
  const first = plan.units.find((unit) => unit.name === units[0]);
  const at = bases.find((base) => base.at !== undefined)?.at ?? first?.at;
  return owned(units, `pull ${image}`, at);
}

/** Each stage of a base, with what it does. */
function baseTasks(base: PlannedBase): readonly (readonly [stage: string, task: string])[] {
  if (base.kind === 'image') return [[base.id, `pull ${base.id}`]];
  const { stageNames, imageStages } = ownBaseOf(base);
  return [
    ...[...imageStages].map(([image, stage]) => [stage, `pull ${image}`] as const),
    ...stageNames.map((stage) => [stage, `build ${base.path}`] as const),
  ];
}

/** What has to be pulled for a base. */
export function imagesOfBase(base: PlannedBase): readonly string[] {
  if (base.kind === 'image') return [base.image];
  const { stages, images } = ownBaseOf(base);
  return [...images, ...stages.flatMap(({ from }) => (from.kind === 'image' ? from.image : []))];
}

function owned(units: readonly string[], task: string, at: Location | undefined): StageOwner {
  return { units, task, ...(at && { at }) };
}
