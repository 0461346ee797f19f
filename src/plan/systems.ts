import { type OsPackages, packageManagers, type Unit } from '../project/index.js';
import type { PlannedSystem } from './plan.js';
import { createSharedSets } from './sets.js';
import type { StageNames } from './stage-names.js';

/** The bases with OS packages besides. */
export function createSystems(names: StageNames) {
  const systems = createSharedSets<PlannedSystem>();
  return {
    /** The id of what the unit's steps run on: its base when it names no OS package. */
    use(unit: Unit, base: string): string {
      if (!hasPackages(unit)) return base;
      return systems.use([base, packageLists(unit.packages)], unit.name, (users) => ({
        id: names.take(`${base}-packages`),
        base,
        packages: plannedPackages(unit.packages),
        units: users,
      }));
    },
    list: systems.list,
  };
}

function hasPackages({ packages }: Unit): boolean {
  return packageLists(packages).some((list) => list.length > 0);
}

/** Without the places of single names: units that share them may have them in different places. */
function plannedPackages({ any, byManager, at }: OsPackages): PlannedSystem['packages'] {
  return { any, byManager, ...(at && { at }) };
}

/** The lists in an order that does not depend on how they are written. */
function packageLists({ any, byManager }: OsPackages): readonly (readonly string[])[] {
  return [any, ...packageManagers.map((manager) => byManager[manager] ?? [])];
}
