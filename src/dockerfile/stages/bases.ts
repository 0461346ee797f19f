import type { PlannedBase, PlannedRuntimeImage, PlannedSystem } from '../../plan/index.js';
import { packageManagers } from '../../project/index.js';
import type { Stage } from '../instruction.js';
import { asRoot, ownBaseStages } from './own-base.js';
import { programsMount } from './programs.js';
import { trustRoot } from './secrets.js';

/** The image that units are built on, with the stages that lead to it. */
export function baseStages(base: PlannedBase): readonly Stage[] {
  if (base.kind === 'dockerfile') return ownBaseStages(base);
  const stage: Stage = {
    name: base.id,
    comment: [
      `The image to build on${base.at === undefined ? ', the default of its runtime' : ''}.`,
    ],
    from: { kind: 'image', image: base.image, platform: base.platform },
    // An image of the user's may run as somebody who cannot install anything.
    instructions: base.at === undefined ? [] : [asRoot],
  };
  return [stage];
}

/** An image that is only looked into, to know what need not be carried. */
export function runtimeImageStage({ id, image, platform }: PlannedRuntimeImage): Stage {
  return {
    name: id,
    comment: ['What Lambda has itself.'],
    from: { kind: 'image', image, platform },
    instructions: [],
  };
}

/** A base with OS packages, installed by whichever package manager the image has. */
export function systemStage(system: PlannedSystem): Stage {
  return {
    name: system.id,
    comment: ['The same with the OS packages that the manifest asks for.'],
    from: { kind: 'stage', stage: system.base },
    instructions: [
      {
        kind: 'run',
        mounts: [programsMount, trustRoot.mount],
        words: [
          'sh',
          '/programs/os-packages.sh',
          `--ca=${trustRoot.path}`,
          ...packageWords(system.packages),
        ],
      },
    ],
  };
}

function packageWords({ any, byManager }: PlannedSystem['packages']): readonly string[] {
  const named = packageManagers.filter((manager) => (byManager[manager] ?? []).length > 0);
  return [...any, ...named.flatMap((manager) => [`--${manager}`, ...(byManager[manager] ?? [])])];
}
