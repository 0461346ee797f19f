import { type CodeRoot, derivedStages, type PlannedUnit, zipInOutput } from '../../plan/index.js';
import type { Instruction, Mount, Stage } from '../instruction.js';
import { bytecodeWords } from './dependencies.js';
import { COLLECTED, DEFLATED, DIGEST, ZIPPED } from './places.js';
import { programsMount } from './programs.js';
import { runtimeOptions } from './runtime.js';

export function zipStageName(unit: PlannedUnit): string {
  return unit.target + derivedStages.zip;
}

/**
 * A unit's stages: its code, its zip, and the target that exports nothing but the zip.
 * @param output the plan's
 */
export function unitStages(unit: PlannedUnit, output: string): readonly Stage[] {
  const exportStage: Stage = {
    name: unit.target,
    comment: [],
    from: { kind: 'scratch' },
    instructions: [{ kind: 'copy-stage', stage: zipStageName(unit), source: ZIPPED, to: '/' }],
  };
  return [
    ...(unit.code.length === 0 ? [] : [codeStage(unit)]),
    zipStage(unit, output),
    exportStage,
  ];
}

function codeStage(unit: PlannedUnit): Stage {
  return {
    name: codeStageName(unit),
    comment: [`${titleOf(unit)}: its code, then its zip.`],
    from: { kind: 'scratch' },
    instructions: unit.code.flatMap((root, index) => copies(root, rootFolder(unit, index))),
  };
}

/** Mounts and arguments of pack.py that bring one kind of source. */
interface Sources {
  readonly mounts: readonly Mount[];
  readonly words: readonly string[];
}

function zipStage(unit: PlannedUnit, output: string): Stage {
  const zip = `${ZIPPED}${zipInOutput(unit, output)}`;
  const code = codeSources(unit);
  const others = [packageSources(unit), librarySources(unit)];
  // Of two files of one name pack.py takes the later source's.
  const sources = unit.packagesOverCode ? [code, ...others] : [...others, code];
  const words = ['python3', '/programs/pack.py'];
  words.push(`--output=${zip}`, `--digest=${DIGEST}${unit.name}.json`);
  const runtime = runtimeOptions(unit);
  words.push(`--layout=${unit.kind}`, ...runtime.words, ...bytecodeWords(unit.bytecode));
  words.push(...unit.handlers.map((handler) => `--handler=${handler}`));
  return {
    name: zipStageName(unit),
    comment: unit.code.length > 0 ? [] : [`${titleOf(unit)}: its zip.`],
    from: { kind: 'stage', stage: unit.base },
    instructions: [
      {
        kind: 'run',
        network: 'none',
        mounts: [programsMount, ...runtime.mounts, ...sources.flatMap((source) => source.mounts)],
        words: [...words, ...sources.flatMap((source) => source.words)],
      },
    ],
  };
}

function packageSources({ packageZip: from, packagesPrefix, prune = [] }: PlannedUnit): Sources {
  if (from === undefined) return { mounts: [], words: [] };
  const words = [
    '--join=/packages/packages.zip',
    '--as=packages',
    '--report=/packages/report.json',
  ];
  if (packagesPrefix !== '') words.push(`--at=${packagesPrefix}`);
  for (const pattern of prune) words.push(`--exclude=${pattern}`);
  return { mounts: [{ kind: 'bind', from, source: DEFLATED, target: '/packages' }], words };
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
  const words = unit.code.flatMap((root, index) => [
    `--tree=/code${rootFolder(unit, index)}`,
    '--as=code',
    ...root.exclude.map((pattern) => `--exclude=${pattern}`),
  ]);
  return { mounts: [{ kind: 'bind', from: codeStageName(unit), target: '/code' }], words };
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
