import {
  type BuildPlan,
  derivedStages,
  type LayerSet,
  type PlannedRuntimeImage,
  type PlannedUnit,
  type PlannedVerification,
  zipInOutput,
} from '../../plan/index.js';
import type { Mount, Stage } from '../instruction.js';
import { runtimeImageStage } from './bases.js';
import { unitList } from './dependencies.js';
import { asRoot } from './own-base.js';
import { UNPACKED, VERIFICATION, ZIPPED } from './places.js';
import { programsMount } from './programs.js';
import { zipMount, zipStageName } from './unit.js';

/** Folders of the image that are bound over themselves: a RUN's own root could be written to. */
const READ_ONLY = ['/home', '/usr', '/var'];

/** Where Lambda has a function, and its layers. */
const TASK = '/var/task';
const OPT = '/opt';

export function verifiedStageName(unit: PlannedUnit): string {
  return unit.target + derivedStages.verified;
}

/** What verifying takes besides what building does, each stage before those that use it. */
export function verificationStages(
  plan: BuildPlan,
  hasStage: (name: string) => boolean,
): readonly Stage[] {
  const used = new Set(plan.units.map(({ verify }) => verify?.runtimeImage));
  const images = plan.runtimeImages.filter(({ id }) => used.has(id));
  return [
    ...images.filter(({ id }) => !hasStage(id)).map(runtimeImageStage),
    ...images.map(sandboxStage),
    ...plan.layerSets.map((set) => layersStage(set, plan)),
    ...plan.units.flatMap((unit) =>
      unit.verify ? unitStages(unit, unit.verify, plan.output) : [],
    ),
  ];
}

/** The runtime's image, in which a function's user can write as little as in Lambda. */
function sandboxStage({ id }: PlannedRuntimeImage): Stage {
  return {
    name: sandboxName(id),
    comment: ['The same with nothing in it that a function could write to.'],
    from: { kind: 'stage', stage: id },
    instructions: [
      asRoot,
      {
        kind: 'run',
        network: 'none',
        mounts: [programsMount],
        words: ['python3', '/programs/close_root.py'],
      },
    ],
  };
}

function layersStage({ id, runtimeImage, layers, units }: LayerSet, plan: BuildPlan): Stage {
  const found = layers.flatMap((name) => plan.units.find((unit) => unit.name === name) ?? []);
  const comment = `What ${unitList(units)} will find in /opt.`;
  return unpackStage(id, comment, runtimeImage, found, plan.output);
}

/** Unpacks zips over each other as Lambda does. */
function unpackStage(
  name: string,
  comment: string,
  runtimeImage: string,
  units: readonly PlannedUnit[],
  output: string,
): Stage {
  const folder = (index: number) => `/zips/${index + 1}`;
  return {
    name,
    comment: [comment],
    from: { kind: 'stage', stage: sandboxName(runtimeImage) },
    instructions: [
      {
        kind: 'run',
        network: 'none',
        mounts: [
          programsMount,
          ...units.map((unit, index) => zipOrFolderMount(unit, output, folder(index))),
        ],
        words: [
          'python3',
          '/programs/unpack.py',
          `--output=${UNPACKED}`,
          ...units.map((unit, index) => `${folder(index)}/${zipInOutput(unit, output)}`),
        ],
      },
    ],
  };
}

function unitStages(
  unit: PlannedUnit,
  verify: PlannedVerification,
  output: string,
): readonly Stage[] {
  const { runtimeImage, layers, environment, withoutMetadata } = verify;
  const unpacked = unit.target + derivedStages.unpacked;
  const sandbox = sandboxName(runtimeImage);
  const fixed = layers === undefined && unit.kind === 'function' ? [...READ_ONLY, OPT] : READ_ONLY;
  const inPlace: readonly Mount[] = [
    unpackedMount(unpacked, unit.kind === 'layer' ? OPT : TASK),
    ...(layers === undefined ? [] : [unpackedMount(layers, OPT)]),
  ];
  const variables = Object.entries(environment).map(([name, value]) => `--env=${name}=${value}`);
  const verified: Stage = {
    name: verifiedStageName(unit),
    comment: [],
    from: { kind: 'stage', stage: sandbox },
    instructions: [
      {
        kind: 'run',
        network: 'none',
        mounts: [
          programsMount,
          ...fixed.map((folder): Mount => {
            return { kind: 'bind', from: sandbox, source: folder, target: folder };
          }),
          { kind: 'tmpfs', target: '/tmp' },
          ...inPlace,
        ],
        words: [
          'python3',
          '/programs/verify.py',
          `--output=${VERIFICATION}${unit.name}.verified`,
          `--name=${unit.name}`,
          `--runtime=${unit.runtime}`,
          ...(unit.handler === undefined ? [] : [`--handler=${unit.handler}`]),
          ...variables,
          ...(withoutMetadata ? ['--without-metadata'] : []),
          '--as-function-user',
        ],
      },
    ],
  };
  const title = unit.kind === 'layer' ? 'Layer' : 'Function';
  const comment = `${title} ${unit.name} as it lies in Lambda, and what came of its import.`;
  return [unpackStage(unpacked, comment, runtimeImage, [unit], output), verified];
}

/** A path that needs quotes cannot be a part of a mount; it stands alone in its stage. */
function zipOrFolderMount(unit: PlannedUnit, output: string, folder: string): Mount {
  if (unit.zipBatch !== undefined) return zipMount(unit, output, folder);
  return { kind: 'bind', from: zipStageName(unit), source: ZIPPED, target: folder };
}

/** A bound stage cannot be written to. */
function unpackedMount(from: string, target: string): Mount {
  return { kind: 'bind', from, source: UNPACKED, target };
}

function sandboxName(runtimeImage: string): string {
  return runtimeImage + derivedStages.sandbox;
}
