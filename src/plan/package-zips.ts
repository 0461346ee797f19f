import type { Unit } from '../project/index.js';
import type { PackageZip, PlannedBytecode } from './plan.js';
import { createSharedSets } from './sets.js';
import type { StageNames } from './stage-names.js';

/** Dependency sets that are compiled for a place in Lambda and deflated. */
export function createPackageZips(names: StageNames) {
  const zips = createSharedSets<PackageZip>();
  return {
    /** The id of the zip of the unit's dependency set. */
    use(unit: Unit, dependencies: string): string {
      const place = unit.kind === 'layer' ? '/opt/python' : '/var/task';
      const wanted = { dependencies, bytecode: bytecodeBelow(unit, place) };
      return zips.use(wanted, unit.name, (users, count) => ({
        id: names.take(`packages-${count}`),
        ...wanted,
        units: users,
      }));
    },
    list: zips.list,
  };
}

/** @param place where Lambda unpacks what is compiled */
export function bytecodeBelow({ bytecode: kind }: Unit, place: string): PlannedBytecode {
  return kind === 'none' ? { kind } : { kind, place };
}
