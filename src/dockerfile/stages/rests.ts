import { derivedStages, type NonEmpty, type PlannedUnit } from '../../plan/index.js';
import type { Stage } from '../instruction.js';
import { DEFLATED, RESTS } from './places.js';
import { programsMount } from './programs.js';
import { zipMount } from './unit.js';

/** The stage that has what zips hold besides their packages. */
export function restsStageName(packages: string): string {
  return packages + derivedStages.rests;
}

/**
 * Takes zips apart that were joined from the same packages, so that these are sent once.
 * @param packages the id of the deflated packages
 * @param units their names need no quotes in a mount
 */
export function restsStage(packages: string, units: NonEmpty<PlannedUnit>, output: string): Stage {
  return {
    name: restsStageName(packages),
    comment: [`What the zips hold besides ${packages}.`],
    from: { kind: 'stage', stage: units[0].base },
    instructions: [
      {
        kind: 'run',
        network: 'none',
        mounts: [
          programsMount,
          { kind: 'bind', from: packages, source: DEFLATED, target: '/packages' },
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
