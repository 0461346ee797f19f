import { derivedStages, type PlannedUnit, zipInOutput } from '../../plan/index.js';
import type { Mount, Stage } from '../instruction.js';
import { DEFLATED, RESTS, ZIPPED } from './places.js';
import { programsMount } from './programs.js';
import { zipStageName } from './unit.js';

/** The stage that has what zips hold besides their packages. */
export function restsStageName(packages: string): string {
  return packages + derivedStages.rests;
}

/**
 * Takes zips apart that were joined from the same packages, so that these are sent once.
 * @param packages the id of the deflated packages
 * @param units their names need no quotes in a mount
 */
export function restsStage(packages: string, units: readonly PlannedUnit[], output: string): Stage {
  const [first] = units;
  if (first === undefined) throw new RangeError(`nothing is joined from ${packages}`);
  const zips = units.map((unit): Mount => {
    const file = zipInOutput(unit, output);
    const from = zipStageName(unit);
    return { kind: 'bind', from, source: ZIPPED + file, target: `/zips/${file}` };
  });
  return {
    name: restsStageName(packages),
    comment: [`What the zips hold besides ${packages}.`],
    from: { kind: 'stage', stage: first.base },
    instructions: [
      {
        kind: 'run',
        network: 'none',
        mounts: [
          programsMount,
          { kind: 'bind', from: packages, source: DEFLATED, target: '/packages' },
          ...zips,
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
