import { createHash } from 'node:crypto';
import { groupBy, type NonEmpty } from './group-by.js';
import { type BuildPlan, isPlainPath, type PlannedUnit, type ZipBatch } from './plan.js';
import type { StageNames } from './stage-names.js';

/** So few units are packed one by one: their containers keep no processor waiting for long. */
const FEW = 8;

/**
 * Zips of a batch: at most so many on average. Of code alone a container takes as long as ten. Packages
 * may be large, and when one function changes they are joined for all of its batch; but of more than
 * MANY_BATCHES, their number is what a build waits for.
 */
const CODE_ONLY = 32;
const WITH_PACKAGES = 4;
const MANY_BATCHES = 64;

/** Zips of a batch, and characters of a unit's options in it: Linux takes 128 KiB as one argument. */
const MOST = 48;
const MOST_OPTIONS = 2000;

/**
 * Puts units whose zips are soon made together, several to a step, because a container costs more than
 * its zip. Who is with whom depends on names alone, so that a unit that comes or goes concerns one batch.
 * @param hasSmallCode of each unit, in their order
 * @returns the batches, and the units with the id of theirs
 */
export function batchZips(
  units: readonly PlannedUnit[],
  hasSmallCode: readonly boolean[],
  names: StageNames,
): Pick<BuildPlan, 'zipBatches' | 'units'> {
  const small = units.filter((unit, index) => hasSmallCode[index] && fits(unit));
  const alike = groupBy(small, ({ base, runtime, runtimeImage, packageZip }) =>
    JSON.stringify([base, runtime, runtimeImage, packageZip]),
  );
  const zipBatches: ZipBatch[] = [];
  const batchOf = new Map<PlannedUnit, string>();
  for (const members of [...alike.values()].flatMap(split)) {
    const id = names.take(`zips-${zipBatches.length + 1}`);
    zipBatches.push({ id, base: members[0].base, units: members.map(({ name }) => name) });
    for (const unit of members) batchOf.set(unit, id);
  }
  return {
    zipBatches,
    units: units.map((unit) => {
      const zipBatch = batchOf.get(unit);
      return zipBatch === undefined ? unit : { ...unit, zipBatch };
    }),
  };
}

/**
 * The same plan with these units packed one by one.
 * @param alone their names
 */
export function packedAlone(plan: BuildPlan, alone: ReadonlySet<string>): BuildPlan {
  if (alone.size === 0 || plan.zipBatches.length === 0) return plan;
  const zipBatches = plan.zipBatches
    .map((batch) => ({ ...batch, units: batch.units.filter((name) => !alone.has(name)) }))
    .filter((batch) => batch.units.length > 0);
  const units = plan.units.map((unit) => {
    const { zipBatch: _, ...others } = unit;
    return alone.has(unit.name) ? others : unit;
  });
  return { ...plan, zipBatches, units };
}

/** Whether its step can have others in it, their options beside its own, and its zip copied by its path. */
function fits({ libraries, code, handlers, prune = [], name, zip }: PlannedUnit): boolean {
  if (libraries !== undefined || !isPlainPath(name + zip)) return false;
  const options = [...code.flatMap(({ exclude }) => exclude), ...handlers, ...prune, name, zip];
  // Quoting and the name of the option make a word longer.
  return options.reduce((sum, option) => sum + 20 + option.length, 0) <= MOST_OPTIONS;
}

function split(units: readonly PlannedUnit[]): readonly NonEmpty<PlannedUnit>[] {
  if (units.length < FEW) return [];
  const size =
    units[0]?.packageZip === undefined
      ? CODE_ONLY
      : Math.max(WITH_PACKAGES, units.length / MANY_BATCHES);
  // As it doubles, a project meets another number of batches, and not with every unit.
  const count = 2 ** Math.ceil(Math.log2(units.length / size));
  const batches = groupBy(
    units,
    ({ name }) => createHash('sha256').update(name).digest().readUInt32BE() % count,
  );
  return [...batches.values()].flatMap(chunks).filter(isSeveral);
}

function chunks(units: readonly PlannedUnit[]): readonly (readonly PlannedUnit[])[] {
  const count = Math.ceil(units.length / MOST);
  return Array.from({ length: count }, (_, index) => units.slice(index * MOST, (index + 1) * MOST));
}

function isSeveral(units: readonly PlannedUnit[]): units is NonEmpty<PlannedUnit> {
  return units.length > 1;
}
