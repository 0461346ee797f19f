import type { Unit } from '../project/index.js';
import type { PackageZip, PlannedBytecode, PlannedUnit } from './plan.js';
import { createSharedSets } from './sets.js';
import type { StageNames } from './stage-names.js';

/** Dependency sets that are compiled for a place in Lambda and deflated. */
export function createPackageZips(names: StageNames) {
  const zips = createSharedSets<PackageZip>();
  return {
    /** The id of the zip of a dependency set that is packed in this way for the unit, too. */
    use(unit: string, wanted: Pick<PackageZip, 'dependencies' | 'bytecode'>): string {
      return zips.use(wanted, unit, (users, count) => ({
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

/** What is made of the sources of a unit's packages, which lie below their prefix. */
export function bytecodeOfPackages({
  bytecode,
  packagesPrefix,
}: Pick<PlannedUnit, 'bytecode' | 'packagesPrefix'>): PlannedBytecode {
  if (bytecode.kind === 'none' || packagesPrefix === '') return bytecode;
  return { ...bytecode, place: `${bytecode.place}/${packagesPrefix}` };
}
