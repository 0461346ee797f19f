import {
  type BuildPlan,
  bytecodeOfPackages,
  type CodeRoot,
  derivedStages,
  type PlannedUnit,
  zipInOutput,
} from '../../plan/index.js';
import { AND, type Instruction, type Mount, type Stage } from '../instruction.js';
import { bytecodeWords, packagesMount, unitList } from './dependencies.js';
import { COLLECTED, DIGEST, ZIPPED } from './places.js';
import { programsMount } from './programs.js';
import { runtimeOptions } from './runtime.js';

/** The stage that makes the unit's zip, and with it those of its batch. */
export function zipStageName({ target, zipBatch }: PlannedUnit): string {
  return zipBatch ?? target + derivedStages.zip;
}

/** Shows a step the zip alone, whatever else its stage makes, in a folder below its path in the output. */
export function zipMount(unit: PlannedUnit, output: string, folder: string): Mount {
  const file = zipInOutput(unit, output);
  const from = zipStageName(unit);
  return { kind: 'bind', from, source: ZIPPED + file, target: `${folder}/${file}` };
}

/**
 * The stages of all units: of each its code, its zip, and the target that exports nothing but the
 * zip. Those of a batch stand together.
 */
export function unitsStages({ units, zipBatches, output }: BuildPlan): readonly Stage[] {
  const byName = new Map(units.map((unit) => [unit.name, unit]));
  return [
    ...units
      .filter(({ zipBatch }) => zipBatch === undefined)
      .flatMap((unit) => [...codeStages(unit), ...zipStages(unit, output)]),
    ...zipBatches.flatMap(({ id, base, units: names }) => {
      const members = names.flatMap((name) => byName.get(name) ?? []);
      return [
        ...members.flatMap(codeStages),
        zipStage(id, `The zips of ${unitList(names)}.`, base, members, output),
        ...members.map((unit) => exportStage(unit, output)),
      ];
    }),
  ];
}

/** Of a unit that is packed by itself: its zip, and the target that exports nothing else. */
export function zipStages(unit: PlannedUnit, output: string): readonly Stage[] {
  const comment = unit.code.length > 0 ? '' : `${titleOf(unit)}: its zip.`;
  return [
    zipStage(zipStageName(unit), comment, unit.base, [unit], output),
    exportStage(unit, output),
  ];
}

function exportStage(unit: PlannedUnit, output: string): Stage {
  const stage = zipStageName(unit);
  const path = zipInOutput(unit, output);
  const own = unit.zipBatch === undefined ? '' : path;
  return {
    name: unit.target,
    comment: [],
    from: { kind: 'scratch' },
    instructions: [{ kind: 'copy-stage', stage, source: ZIPPED + own, to: `/${own}` }],
  };
}

function codeStages(unit: PlannedUnit): readonly Stage[] {
  if (unit.code.length === 0) return [];
  const code: Stage = {
    name: codeStageName(unit),
    comment: [`${titleOf(unit)}: its code.`],
    from: { kind: 'scratch' },
    instructions: unit.code.flatMap((root, index) => copies(root, rootFolder(unit, index))),
  };
  return [code];
}

/** Where a step that packs sees code: of one unit, or of each in a folder of its own. */
const CODE = '/code';

/** Mounts and arguments of pack.py that bring something. */
interface Sources {
  readonly mounts: readonly (Mount & { readonly kind: 'bind' })[];
  readonly words: readonly string[];
}

/** What makes the zip of one unit, or those of a batch, which have all but their code in common. */
function zipStage(
  name: string,
  comment: string,
  base: string,
  units: readonly PlannedUnit[],
  output: string,
): Stage {
  const packings = units.map((unit) => packing(unit, output));
  const mounts = new Map(
    packings.flatMap((each) => each.mounts).map((mount) => [mount.target, mount]),
  );
  const separate = packings.flatMap(({ words }, index) => (index === 0 ? words : [AND, ...words]));
  return {
    name,
    comment: comment === '' ? [] : [comment],
    from: { kind: 'stage', stage: base },
    instructions: [
      {
        kind: 'run',
        network: 'none',
        mounts: [programsMount, ...mounts.values()],
        words: ['python3', '/programs/pack.py', ...separate],
      },
    ],
  };
}

/** What the step that packs a unit sees and is told of it. */
function packing(unit: PlannedUnit, output: string): Sources {
  const code = codeSources(unit);
  const others = [packageSources(unit), librarySources(unit)];
  // Of two files of one name pack.py takes the later source's.
  const sources = unit.packagesOverCode ? [code, ...others] : [...others, code];
  const runtime = runtimeOptions(unit);
  return {
    mounts: [...runtime.mounts, ...sources.flatMap((source) => source.mounts)],
    words: [
      `--output=${ZIPPED}${zipInOutput(unit, output)}`,
      `--digest=${DIGEST}${unit.name}.json`,
      `--layout=${unit.kind}`,
      ...runtime.words,
      ...bytecodeWords(unit.bytecode),
      ...unit.handlers.map((handler) => `--handler=${handler}`),
      ...sources.flatMap((source) => source.words),
    ],
  };
}

function packageSources(unit: PlannedUnit): Sources {
  const { dependencies, packagesPrefix, prune = [] } = unit;
  if (dependencies === undefined) return { mounts: [], words: [] };
  const words = [
    '--join=/packages/packages.zip',
    '--as=packages',
    '--report=/packages/report.json',
  ];
  if (packagesPrefix !== '') words.push(`--at=${packagesPrefix}`);
  for (const pattern of prune) words.push(`--exclude=${pattern}`);
  const mount = packagesMount({ dependencies, bytecode: bytecodeOfPackages(unit) });
  return { mounts: [mount], words };
}

function librarySources({ libraries: from }: PlannedUnit): Sources {
  if (from === undefined) return { mounts: [], words: [] };
  return {
    mounts: [{ kind: 'bind', from, source: COLLECTED, target: '/libraries' }],
    words: ['--tree=/libraries/files', '--as=libraries', '--report=/libraries/report.json'],
  };
}

function codeSources(unit: PlannedUnit): Sources {
  if (unit.code.length === 0) return { mounts: [], words: [] };
  const place = unit.zipBatch === undefined ? CODE : `${CODE}/${unit.target}`;
  const words = unit.code.flatMap((root, index) => [
    `--tree=${place}${rootFolder(unit, index)}`,
    '--as=code',
    ...root.exclude.map((pattern) => `--exclude=${pattern}`),
  ]);
  return { mounts: [{ kind: 'bind', from: codeStageName(unit), target: place }], words };
}

function titleOf({ kind, name }: PlannedUnit): string {
  return `${kind === 'layer' ? 'Layer' : 'Function'} ${name}`;
}

function codeStageName(unit: PlannedUnit): string {
  return unit.target + derivedStages.code;
}

/** One root is the stage itself and looks like the zip; several lie side by side. */
function rootFolder(unit: PlannedUnit, index: number): string {
  return unit.code.length === 1 ? '' : `/${index + 1}`;
}

function copies(root: CodeRoot, folder: string): readonly Instruction[] {
  return root.copies.map(({ kind, from, to }): Instruction => {
    const place = `.${folder}/${to}`;
    if (kind === 'file') return { kind: 'copy', from, to: place };
    return {
      kind: 'copy',
      from: from === '' ? '' : `${from}/`,
      to: place.endsWith('/') ? place : `${place}/`,
    };
  });
}
