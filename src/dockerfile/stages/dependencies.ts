import {
  type DependencySet,
  derivedStages,
  type PackageZip,
  type PlannedBytecode,
  type RequirementFiles,
  requirementFiles,
} from '../../plan/index.js';
import type { Instruction, Mount, Stage } from '../instruction.js';
import { deflatedFolder, INSTALLED, RESOLVED } from './places.js';
import { programsMount } from './programs.js';
import { runtimeOptions } from './runtime.js';
import { netrc, SECRETS, type Secret, trustRoot, variableSecret } from './secrets.js';
import { PIP_CACHE, pipCache, uvOptions } from './uv.js';

/**
 * It runs here, below which the project's own requirement files lie as they do in the project. Not by
 * a WORKDIR, which makes another root.
 */
const WORK_FOLDER = '/project';

/**
 * The install of one set, and what units join of it: zips, deflated once, so that a change of code
 * alone only has to join them. The packages themselves are gone with the step. What it is told by lies
 * in a stage of its own and is bound: for a RUN with secrets BuildKit reads the whole root that it
 * starts from, once for each root, and so once for all installs on an image.
 */
export function installStages(
  set: DependencySet,
  zips: readonly PackageZip[],
  pipConf: Secret | undefined,
): readonly [Stage, Stage] {
  const copies = set.inputs.map(
    ({ kind, path }): Instruction => ({
      kind: 'copy',
      from: path,
      // The project itself may be what is installed: `-e .`
      to: kind === 'directory' && path !== '' ? `./${path}/` : `./${path}`,
    }),
  );
  const requirements = requirementFiles(set);
  const environment = Object.entries(set.environment).map(
    ([name, value]): Instruction => ({ kind: 'env', name, value }),
  );
  const files = set.id + derivedStages.files;
  const project: Mount = { kind: 'bind', from: files, target: WORK_FOLDER, writable: true };
  const mounts: Mount[] = [programsMount, project, pipCache, trustRoot.mount, netrc.mount];
  if (pipConf !== undefined) mounts.push(pipConf.mount);
  for (const name of set.secretEnvironment ?? []) mounts.push(variableSecret(name).mount);
  if (set.usesSsh) mounts.push({ kind: 'ssh' });
  mounts.push(...uvOptions(set.uv).mounts);
  const runtime = runtimeOptions(set);
  mounts.push(...runtime.mounts);
  const filesStage: Stage = {
    name: files,
    comment: [
      `What ${set.uv === undefined ? 'pip installs' : 'is installed'} for ${unitList(set.units)}.`,
    ],
    from: { kind: 'scratch' },
    instructions: [...copies, ...lineFile(requirements)],
  };
  const installStage: Stage = {
    name: set.id,
    comment: ['Installed, then deflated: a change of code only has to join it.'],
    from: { kind: 'stage', stage: set.on },
    instructions: [
      ...environment,
      {
        kind: 'run',
        mounts,
        words: installWords(set, requirements, pipConf),
        afterwards: [
          ...zips.map((zip) => deflateWords(zip, runtime.words)),
          ['rm', '-rf', INSTALLED],
        ],
      },
    ],
  };
  return [filesStage, installStage];
}

/** Shows a step a zip of packages, and what was found in them, at /packages. */
export function packagesMount({
  dependencies: from,
  bytecode,
}: Pick<PackageZip, 'dependencies' | 'bytecode'>): Mount & { readonly kind: 'bind' } {
  return { kind: 'bind', from, source: deflatedFolder(bytecode), target: '/packages' };
}

/** How a program that makes a zip is told what to make of sources. */
export function bytecodeWords(bytecode: PlannedBytecode): readonly string[] {
  if (bytecode.kind === 'none') return [];
  return [`--bytecode=${bytecode.kind}`, `--place=${bytecode.place}`];
}

function installWords(
  set: DependencySet,
  { files }: RequirementFiles,
  pipConf: Secret | undefined,
): readonly string[] {
  return [
    'python3',
    '/programs/install.py',
    `--directory=${WORK_FOLDER}`,
    `--runtime=${set.runtime}`,
    `--target=${INSTALLED}`,
    `--cache=${PIP_CACHE}`,
    `--resolved=${RESOLVED}`,
    `--ca=${trustRoot.path}`,
    ...(pipConf === undefined ? [] : [`--pip-conf=${pipConf.path}`]),
    ...secretWords(set),
    ...(set.separately ? ['--separately'] : []),
    ...uvOptions(set.uv).words,
    '--',
    ...files.map((file) => `--requirement=${file}`),
  ];
}

function deflateWords({ bytecode }: PackageZip, runtime: readonly string[]): readonly string[] {
  const folder = deflatedFolder(bytecode);
  return [
    'python3',
    '/programs/deflate.py',
    `--root=${INSTALLED}`,
    `--output=${folder}/packages.zip`,
    `--report=${folder}/report.json`,
    ...runtime,
    ...bytecodeWords(bytecode),
  ];
}

function secretWords({ secretEnvironment = [] }: DependencySet): readonly string[] {
  if (secretEnvironment.length === 0) return [];
  return [`--secrets=${SECRETS}`, ...secretEnvironment.map((name) => `--secret-variable=${name}`)];
}

function lineFile({ written }: RequirementFiles): readonly Instruction[] {
  if (written === undefined) return [];
  return [{ kind: 'copy-text', lines: written.lines, to: `/${written.path}` }];
}

/** The first few names, so that a comment stays a line. */
export function unitList(units: readonly string[]): string {
  const shown = units.slice(0, 4).join(', ');
  return units.length > 4 ? `${shown} and ${units.length - 4} more` : shown;
}
