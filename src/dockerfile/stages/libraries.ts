import type { LibrarySet, PackageZip } from '../../plan/index.js';
import type { Stage } from '../instruction.js';
import { packagesMount, unitList } from './dependencies.js';
import { COLLECTED } from './places.js';
import { programsMount } from './programs.js';
import { runtimeOptions } from './runtime.js';

/**
 * OS libraries and programs that are carried along: the manifest's, lambda_lib and lambda_bin.
 * @param zip one with the packages whose libraries are carried too, if there are any
 */
export function librariesStage(set: LibrarySet, zip: PackageZip | undefined): Stage {
  const runtime = runtimeOptions(set);
  const packages = zip === undefined ? [] : [packagesMount(zip)];
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
          ...(zip === undefined ? [] : ['--packages=/packages/packages.zip']),
          ...set.libs.map((pattern) => `--lib=${pattern}`),
          ...set.bins.map((pattern) => `--bin=${pattern}`),
        ],
      },
    ],
  };
}
