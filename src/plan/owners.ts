import type { Location } from '../diagnostics/index.js';
import { fullImageName } from './image-name.js';
import { ownBaseOf } from './own-base.js';
import type { BuildPlan, PlannedBase, PlannedRuntimeImage } from './plan.js';
import { derivedStages } from './stage-names.js';

/** Who is concerned when a stage fails. */
export interface StageOwner {
  /** Names of the units that need the stage to be built. */
  readonly units: readonly string[];
  /** Names of those that need it only to be verified. */
  readonly verifies: readonly string[];
  /** What the stage does, such as `install deps-1`. */
  readonly task: string;
  /** The place in the manifest that asks for it. */
  readonly at?: Location;
}

/** For each stage of the generated Dockerfiles, the units behind it and where they say so. */
export function stageOwners(plan: BuildPlan): ReadonlyMap<string, StageOwner> {
  const owners = new Map<string, StageOwner>();
  const users = usersOfLayers(plan);
  const add = (stage: string, units: readonly string[], task: string, at: Location | undefined) =>
    owners.set(stage, owned(units, users(units), task, at));
  const addVerified = (
    stage: string,
    units: readonly string[],
    task: string,
    at: Location | undefined,
  ) => owners.set(stage, owned([], units, task, at));
  for (const base of plan.bases) {
    for (const [stage, task] of baseTasks(base)) add(stage, base.units, task, base.at);
  }
  for (const image of plan.runtimeImages) {
    const { id, units, at } = image;
    const built = builtWith(image, plan);
    owners.set(id, owned(built, [...units, ...users(built)], `pull ${id}`, at));
    addVerified(id + derivedStages.sandbox, units, `close ${id}`, at);
  }
  for (const { id, units, packages } of plan.systems) {
    add(id, units, 'install OS packages', packages.at);
  }
  for (const { id, units } of plan.installers) add(id, units, 'fetch uv', undefined);
  for (const { id, units, at } of plan.dependencySets) {
    add(id + derivedStages.files, units, `copy what ${id} is installed from`, at);
    add(id, units, `install ${id}`, at);
    for (const zip of plan.packageZips) {
      if (zip.dependencies !== id) continue;
      add(zip.id + derivedStages.rests, zip.units, `send ${id} once`, at);
    }
  }
  for (const { id, units, at } of plan.librarySets) add(id, units, `collect ${id}`, at);
  for (const { id, units } of plan.layerSets) addVerified(id, units, `unpack ${id}`, undefined);
  for (const { id, units } of plan.zipBatches) {
    add(id, units, `pack ${id} (${units.length} zips)`, undefined);
  }
  for (const { target, name, at } of plan.units) {
    add(target, [name], `export ${name}`, at);
    add(target + derivedStages.code, [name], `copy the code of ${name}`, at);
    add(target + derivedStages.zip, [name], `pack ${name}`, at);
    addVerified(target + derivedStages.unpacked, [name], `unpack ${name}`, at);
    addVerified(target + derivedStages.verified, [name], `verify ${name}`, at);
  }
  return owners;
}

/**
 * The units built on an image, for when it cannot be had.
 * @param image as the manifest or the engine writes it
 */
export function imageOwner(plan: BuildPlan, image: string): StageOwner | undefined {
  const wanted = fullImageName(image);
  const bases = plan.bases.filter((base) => imagesOfBase(base).map(fullImageName).includes(wanted));
  const likes = plan.runtimeImages.filter((like) => fullImageName(like.image) === wanted);
  if (bases.length + likes.length === 0) return undefined;
  const built = [
    ...bases.flatMap((base) => base.units),
    ...likes.flatMap((like) => builtWith(like, plan)),
  ];
  const verified = [...likes.flatMap(({ units }) => units), ...usersOfLayers(plan)(built)];
  const first = plan.units.find((unit) => unit.name === (built[0] ?? verified[0]));
  const at = [...bases, ...likes].find((base) => base.at !== undefined)?.at ?? first?.at;
  return owned([...new Set(built)], [...new Set(verified)], `pull ${image}`, at);
}

/** The functions that have one of these units as a layer. */
function usersOfLayers(plan: BuildPlan): (units: readonly string[]) => readonly string[] {
  if (plan.layerSets.length === 0) return () => [];
  return (units) => {
    const needed = new Set(units);
    const sets = plan.layerSets.filter(({ layers }) => layers.some((name) => needed.has(name)));
    return [...new Set(sets.flatMap((set) => set.units))];
  };
}

/** The units whose libraries are looked for in a runtime image, apart from those verified in it. */
export function builtWith({ id }: PlannedRuntimeImage, plan: BuildPlan): readonly string[] {
  const sets = [...plan.dependencySets, ...plan.librarySets];
  const users = sets
    .filter(({ runtimeImage }) => runtimeImage === id)
    .flatMap(({ units }) => units);
  return [...new Set(users)];
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

function owned(
  units: readonly string[],
  verifies: readonly string[],
  task: string,
  at: Location | undefined,
): StageOwner {
  return { units, verifies, task, ...(at && { at }) };
}
