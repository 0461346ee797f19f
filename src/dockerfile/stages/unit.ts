import { type CodeRoot, derivedStages, type PlannedUnit } from '../../plan/index.js';
import type { Instruction, Mount, Stage } from '../instruction.js';
import { deflateStageName } from './dependencies.js';
import { COLLECTED } from './libraries.js';
import { programsMount } from './programs.js';

/** Where a unit's zip stage has the zip, and what the engine says of it. */
export const ZIPPED = '/out/';
export const DIGEST = '/digest/';

export function zipStageName(unit: PlannedUnit): string {
  return unit.target + derivedStages.zip;
}

/** A unit's stages: its code, its zip, and the target that exports nothing but the zip. */
export function unitStages(unit: PlannedUnit): readonly Stage[] {
  const exportStage: Stage = {
    name: unit.target,
    comment: [],
    from: { kind: 'scratch' },
    instructions: [{ kind: 'copy-stage', stage: zipStageName(unit), source: ZIPPED, to: '/' }],
  };
  return [...(unit.code.length === 0 ? [] : [codeStage(unit)]), zipStage(unit), exportStage];
}

function codeStage(unit: PlannedUnit): Stage {
  return {
    name: codeStageName(unit),
    comment: [`${titleOf(unit)}: its code, then its zip.`],
    from: { kind: 'scratch' },
    instructions: unit.code.flatMap((root, index) => copies(root, rootFolder(unit, index))),
  };
}

function zipStage(unit: PlannedUnit): Stage {
  const mounts: Mount[] = [programsMount];
  const words = ['python3', '/programs/pack.py'];
  words.push(`--output=${ZIPPED}${unit.name}.zip`, `--digest=${DIGEST}${unit.name}.json`);
  if (unit.dependencies !== undefined) {
    const from = deflateStageName(unit.dependencies);
    mounts.push({ kind: 'bind', from, source: '/out', target: '/packages' });
    words.push('--libraries=/packages/needs.json');
    words.push('--join=/packages/packages.zip', '--as=packages');
    if (unit.packagesPrefix !== '') words.push(`--at=${unit.packagesPrefix}`);
    for (const pattern of unit.prune ?? []) words.push(`--exclude=${pattern}`);
  }
  if (unit.libraries !== undefined) {
    mounts.push({ kind: 'bind', from: unit.libraries, source: COLLECTED, target: '/libraries' });
    words.push('--libraries=/libraries/libraries.json');
    words.push('--tree=/libraries/files', '--as=libraries');
  }
  if (unit.code.length > 0) {
    mounts.push({ kind: 'bind', from: codeStageName(unit), target: '/code' });
    for (const [index, root] of unit.code.entries()) {
      words.push(`--tree=/code${rootFolder(unit, index)}`, '--as=code');
      for (const pattern of root.exclude) words.push(`--exclude=${pattern}`);
    }
  }
  return {
    name: zipStageName(unit),
    comment: unit.code.length > 0 ? [] : [`${titleOf(unit)}: its zip.`],
    from: { kind: 'stage', stage: unit.base },
    instructions: [{ kind: 'run', mounts, words }],
  };
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
