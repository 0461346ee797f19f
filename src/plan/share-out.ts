import { createHash } from 'node:crypto';
import { groupBy } from './group-by.js';
import type { BuildPlan, PlannedUnit } from './plan.js';

/** Units that are cheapest built together, because they share what takes the time. */
interface Group {
  readonly units: readonly PlannedUnit[];
  readonly weight: number;
}

/** What an install weighs, in packed units. */
const INSTALL = 10;

/**
 * Splits units over builders, each unit to one of them. Units of one dependency set stay together,
 * so that it is installed once, and so do those whose zips one step makes. The whole plan is split,
 * whatever part of it is asked for, and a builder is chosen by names alone: a unit meets the builder
 * again that has it in its cache, also when requirements change or other units come and go, as far as
 * the builders stay evenly loaded.
 * @param builders distinct names, at least one
 * @returns only builders that have something to do
 */
export function shareOut(
  plan: BuildPlan,
  units: readonly PlannedUnit[],
  builders: readonly string[],
): ReadonlyMap<string, readonly PlannedUnit[]> {
  const chosen = chooseBuilders(groupsOf(plan), builders);
  return groupBy(units, ({ name }) => {
    const builder = chosen.get(name);
    if (builder === undefined) throw new Error(`the plan has no unit ${name}`);
    return builder;
  });
}

/** Each group goes to the builder that it likes best of those that it does not overload. */
function chooseBuilders(
  groups: readonly Group[],
  builders: readonly string[],
): ReadonlyMap<string, string> {
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  const fair = total / builders.length;
  const loads = new Map(builders.map((name) => [name, 0]));
  const loadOf = (name: string) => loads.get(name) ?? 0;
  const chosen = new Map<string, string>();
  // What is heavy finds no room when it comes late.
  for (const group of [...groups].sort((one, other) => other.weight - one.weight)) {
    const liked = preferences(group, builders);
    const withRoom = liked.find((name) => loadOf(name) + group.weight <= fair);
    const builder = withRoom ?? liked.reduce((a, b) => (loadOf(b) < loadOf(a) ? b : a));
    loads.set(builder, loadOf(builder) + group.weight);
    for (const { name } of group.units) chosen.set(name, builder);
  }
  return chosen;
}

/** The builders in an order of the group's own: each is preferred by as many groups as any other. */
function preferences({ units }: Group, builders: readonly string[]): readonly string[] {
  const rank = (builder: string) =>
    createHash('sha256')
      .update(JSON.stringify([builder, units[0]?.name]))
      .digest('hex');
  const ranked = builders.map((name) => ({ name, rank: rank(name) }));
  return ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1)).map(({ name }) => name);
}

function groupsOf({ units, bases }: BuildPlan): readonly Group[] {
  const ownBases = new Set(bases.flatMap(({ kind, id }) => (kind === 'dockerfile' ? id : [])));
  const groups = groupBy(units, ({ name, dependencies, libraries, base, zipBatch }) => {
    const built = dependencies ?? libraries ?? (ownBases.has(base) ? base : undefined);
    // Stages have other names than this.
    return built ?? ` ${zipBatch ?? name}`;
  });
  return [...groups].map(([key, members]) => ({
    units: members,
    weight: members.length + (key.startsWith(' ') ? 0 : INSTALL),
  }));
}
