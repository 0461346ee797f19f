import type { LibrarySet } from '../../plan/index.js';
import type { Stage } from '../instruction.js';
import { unitList } from './dependencies.js';
import { programsMount } from './programs.js';

/** Where the stage of a library set has its files, laid out as in the zip. */
export const COLLECTED = '/out';

/** OS libraries and programs that are carried along: the manifest's, lambda_lib and lambda_bin. */
export function librariesStage(set: LibrarySet): Stage {
  return {
    name: set.id,
    comment: [`OS libraries and programs carried by ${unitList(set.units)}.`],
    from: { kind: 'stage', stage: set.on },
    instructions: [
      {
        kind: 'run',
        mounts: [programsMount],
        words: [
          'python3',
          '/programs/collect_libs.py',
          `--layout=${set.layout}`,
          `--output=${COLLECTED}`,
          ...set.libs.map((pattern) => `--lib=${pattern}`),
          ...set.bins.map((pattern) => `--bin=${pattern}`),
        ],
      },
    ],
  };
}
