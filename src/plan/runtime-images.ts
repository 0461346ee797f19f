import { type Located, platforms, type Unit } from '../project/index.js';
import { neverAStage } from './image-name.js';
import type { PlannedRuntimeImage } from './plan.js';
import { createSharedSets } from './sets.js';
import { runtimeName, type StageNames } from './stage-names.js';

/** The images that are like a runtime, each once for whatever they are used. */
export interface RuntimeImages {
  /** The id of the image for a unit's architecture; `at` where the manifest chooses it. */
  use(unit: Unit, image: string, at: Located<string>['at'] | undefined): string;
  list(): readonly PlannedRuntimeImage[];
}

export function createRuntimeImages(names: StageNames): RuntimeImages {
  const sets = createSharedSets<PlannedRuntimeImage>();
  return {
    use: (unit, image, at) =>
      sets.use([image, unit.architecture], unit.name, (units) => ({
        id: names.take(`runtime-${runtimeName(unit)}`),
        image: neverAStage(image),
        platform: platforms[unit.architecture],
        units,
        ...(at && { at }),
      })),
    list: sets.list,
  };
}
