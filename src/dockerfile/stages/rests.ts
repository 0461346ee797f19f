import {
  derivedStages,
  type NonEmpty,
  type PackageZip,
  type PlannedUnit,
} from '../../plan/index.js';
import type { Stage } from '../instruction.js';
import { packagesMount } from './dependencies.js';
import { RESTS } from './places.js';
import { programsMount } from './programs.js';
import { zipMount } from './unit.js';

/** The stage that has what zips hold besides their packages. */
export function restsStageName({ id }: PackageZip): string {
  return id + derivedStages.rests;
}

/**
 * Takes zips apart that were joined from the same packages, so that these are sent once.
 * @param units their names need no quotes in a mount
 */
export function restsStage(
  packages: PackageZip,
  units: NonEmpty<PlannedUnit>,
  output: string,
): Stage {
  return {
    name: restsStageName(packages),
    comment: [`What the zips hold besides ${packages.id}.`],
    from: { kind: 'stage', stage: units[0].base },
    instructions: [
      {
        kind: 'run',
        network: 'none',
        mounts: [
          programsMount,
          packagesMount(packages),
          ...units.map((unit) => zipMount(unit, output, '/zips')),
        ],
        words: [
          'python3',
          '/programs/rests.py',
          '--shared=/packages/packages.zip',
          '--zips=/zips',
          `--output=${RESTS}`,
        ],
      },
    ],
  };
}
