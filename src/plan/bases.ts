import { platforms, type Unit } from '../project/index.js';
import { neverAStage } from './image-name.js';
import { countParts } from './own-base.js';
import type { PlannedBase, PlannedContext } from './plan.js';
import { createSharedSets } from './sets.js';
import { runtimeName, type StageNames } from './stage-names.js';

/** The bases that units are built on, and the contexts of those that have one of their own. */
export function createBases(names: StageNames) {
  const bases = createSharedSets<PlannedBase>();
  const contexts = createSharedSets<PlannedContext>();
  return {
    /** The id of the unit's base. */
    use(unit: Unit): string {
      const path = unit.base.kind === 'dockerfile' ? unit.base.context : undefined;
      const context =
        path &&
        contexts.use(path, unit.name, (users, count) => {
          return { id: names.take(`context-${count}`), path, units: users };
        });
      return bases.use(baseKey(unit), unit.name, (users) =>
        plannedBase(unit, names.takeWithParts(runtimeName(unit), partsOf(unit)), context, users),
      );
    },
    list: bases.list,
    contexts: contexts.list,
  };
}

/** How many stages the base has beside its own. */
function partsOf({ base, architecture }: Unit): number {
  return base.kind === 'image' ? 0 : countParts({ ...base, platform: platforms[architecture] });
}

function baseKey({ base, architecture }: Unit): unknown {
  if (base.kind === 'image') return ['image', base.name, architecture];
  const { path, context, target, args } = base;
  return ['dockerfile', path, architecture, context, target, args];
}

function plannedBase(
  { base, architecture }: Unit,
  id: string,
  context: string | undefined,
  units: readonly string[],
): PlannedBase {
  const platform = platforms[architecture];
  if (base.kind === 'dockerfile')
    return { id, platform, units, ...base, ...(context && { context }) };
  const image = neverAStage(base.name);
  return { id, platform, units, kind: 'image', image, ...(base.at && { at: base.at }) };
}
