import { defaultRuntimeImage, ignorePatterns, type Unit } from '../project/index.js';
import type { BuildPlan, LayerSet, PlannedUnit, PlannedVerification } from './plan.js';
import type { RuntimeImages } from './runtime-images.js';
import { createSharedSets } from './sets.js';
import type { StageNames } from './stage-names.js';

/** How the units of a project are verified: in which image, and with which layers. */
export interface Verifications {
  /** Undefined for a unit that is not verified, or whose runtime nothing tells. */
  of(unit: Unit): PlannedVerification | undefined;
  layerSets(): readonly LayerSet[];
}

export function planVerifications(
  units: readonly Unit[],
  runtimeImages: RuntimeImages,
  names: StageNames,
): Verifications {
  const byName = new Map(units.map((unit) => [unit.name, unit]));
  const layerSets = createSharedSets<LayerSet>();
  return {
    of(unit) {
      const chosen = unit.verifyImage ?? unit.runtimeImage;
      const { runtime } = unit;
      if (unit.verify.mode === 'off') return undefined;
      const image = chosen?.value ?? (runtime === 'any' ? undefined : defaultRuntimeImage(runtime));
      if (image === undefined) return undefined;
      const runtimeImage = runtimeImages.use(unit, image, chosen?.at);
      const layers = unit.layers.flatMap((layer) => (layer.kind === 'unit' ? layer.name : []));
      const set = { runtimeImage, layers };
      const below = layers.flatMap((name) => byName.get(name) ?? []);
      return {
        runtimeImage,
        ...(layers.length > 0 && {
          layers: layerSets.use(set, unit.name, (users, count) => ({
            id: names.take(`layers-${count}`),
            ...set,
            units: users,
          })),
        }),
        environment: unit.verify.environment,
        withoutMetadata: [unit, ...below].some(losesMetadata),
      };
    },
    layerSets: layerSets.list,
  };
}

/** Without it nothing tells which files are a package's. */
function losesMetadata({ prune, requirements }: Unit): boolean {
  if (requirements.sources.length === 0 || prune.length === 0) return false;
  return ignorePatterns(prune).excludes('package-1.0.dist-info/RECORD');
}

/** What is built for these units, those that are verified with the layers that they have. */
export function withLayers(
  plan: BuildPlan,
  units: readonly PlannedUnit[],
  verified: readonly PlannedUnit[],
): readonly PlannedUnit[] {
  const ids = new Set(verified.map(({ verify }) => verify?.layers));
  const layers = plan.layerSets.filter(({ id }) => ids.has(id)).flatMap((set) => set.layers);
  const names = new Set([...layers, ...units.map(({ name }) => name)]);
  return plan.units.filter(({ name }) => names.has(name));
}
