import type { LibrarySet } from '../../plan/index.js';
import type { Mount, Stage } from '../instruction.js';
import { unitList } from './dependencies.js';
import { COLLECTED, INSTALLED } from './places.js';
import { programsMount } from './programs.js';
import { runtimeOptions } from './runtime.js';

/** OS libraries and programs that are carried along: the manifest's, lambda_lib and lambda_bin. */
export function librariesStage(set: LibrarySet): Stage {
  const runtime = runtimeOptions(set);
  const packages: readonly Mount[] =
    set.dependencies === undefined
      ? []
      : [{ kind: 'bind', from: set.dependencies, source: INSTALLED, target: '/packages' }];
  return {
    name: set.id,
    comment: [`OS libraries and programs carried by ${unitList(set.units)}.`],
    from: { kind: 'stage', stage: set.on },
    instructions: [
      {
        kind: 'run',
        network: 'none',
        mounts: [programsMount, ...packages, ...runtime.mounts],
        words: [
          'python3',
          '/programs/collect_libs.py',
          `--layout=${set.layout}`,
          `--output=${COLLECTED}/files`,
          `--report=${COLLECTED}/report.json`,
          ...runtime.words,
          ...(set.auto ? ['--auto'] : []),
          ...(set.dependencies === undefined ? [] : ['--packages=/packages']),
          ...set.libs.map((pattern) => `--lib=${pattern}`),
          ...set.bins.map((pattern) => `--bin=${pattern}`),
        ],
      },
    ],
  };
}
