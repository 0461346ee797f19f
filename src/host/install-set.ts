import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context, copied } from '../context/index.js';
import { type DependencySet, requirementFiles } from '../plan/index.js';
import type { Architecture, Runtime } from '../project/index.js';
import { type HostBuild, wordsOf } from './host-build.js';
import {
  builtForThisMachine,
  compiledHere,
  decidedForThisMachine,
  type Installing,
  installFailed,
} from './install-failure.js';
import { undecidable } from './markers.js';
import type { Installed } from './package-zips.js';
import { pipEnvironment } from './pip-environment.js';
import { Problem } from './problem.js';
import type { Interpreter } from './python.js';
import { runProgram } from './run-program.js';
import { setKey } from './set-key.js';
import { stage } from './staging.js';
import { isTarget, sameMarkers, targetOf, wheelPlatforms } from './target.js';

/** What installing one set needs to know. */
export interface InstallRequest {
  readonly build: HostBuild;
  readonly context: Context;
  readonly set: DependencySet;
  /** The set's. */
  readonly runtime: Runtime;
  readonly architecture: Architecture;
  readonly python: Interpreter;
  /** A folder for pip's downloads. */
  readonly downloads: string;
  /** What `programsHash` says. */
  readonly programs: string;
  /** A folder, not made yet, for this set's inputs and for what pip unpacks. */
  readonly work: string;
  onLine(line: string): void;
}

/** A set that is ready to be installed: its inputs are copied, and what they are is in its key. */
export interface PreparedSet {
  readonly key: string;
  /** Installs it, and tells where it is. */
  install(): Promise<Installed>;
}

/** @throws Problem when an input cannot be copied */
export async function prepareSet(request: InstallRequest): Promise<PreparedSet> {
  const { build, context, set, python, work } = request;
  const copies = set.inputs.map(({ kind, path }) => ({ kind, from: path, to: path }));
  const project = join(work, 'project');
  const inputs = await stage(await copied(context, copies), project);
  const pipOptions = optionsFor(request);
  const pipConf =
    set.pipconf === undefined ? '' : await readFile(join(build.options.root, set.pipconf), 'utf8');
  const { programs } = request;
  const key = setKey({ set, inputs, python, pipOptions, pipConf, programs });
  return { key, install: () => install(request, project, pipOptions) };
}

/** What makes pip choose packages for the target when the machine is another. */
function optionsFor({ runtime, architecture, python }: InstallRequest): readonly string[] {
  const target = targetOf(runtime, architecture);
  if (isTarget(python.machine, target)) return [];
  refuseOldPip(python);
  return [
    ...wheelPlatforms(target).map((platform) => `--platform=${platform}`),
    '--implementation=cp',
    // In full: of 3.9 alone, pip makes 3.9.0, which many packages refuse.
    `--python-version=${python.version}`,
    '--only-binary=:all:',
  ];
}

/** Only since 20.3 does pip take several platforms and know the names of PEP 600. */
function refuseOldPip({ path, pip }: Interpreter): void {
  const [major = 0, minor = 0] = pip.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 3)) return;
  throw new Problem(
    'host-python-missing',
    `pip ${pip} of ${path} is too old to choose packages for another machine than this one`,
    'upgrade it to 20.3 or later (python -m pip install --upgrade pip), or build with Docker',
  );
}

/** @throws Problem when pip fails, or may have installed what is wrong for the target */
async function install(
  request: InstallRequest,
  project: string,
  pipOptions: readonly string[],
): Promise<Installed> {
  const { build, set, runtime, architecture, python, work } = request;
  const { programs, root, trustRoot, netrc } = build.options;
  const temporary = join(work, 'tmp');
  await mkdir(temporary, { recursive: true });
  const folder = join(work, 'packages');
  const resolved = join(work, 'resolved.json');
  const target = targetOf(runtime, architecture);
  const what: Installing = {
    units: set.units.join(', '),
    runtime,
    target,
    onlyWheels: pipOptions.length > 0,
    words: wordsOf(build),
  };
  const files = await requirementsIn(project, set);
  const end = await runProgram({
    file: python.path,
    arguments: [
      join(programs, 'install.py'),
      `--runtime=${runtime}`,
      `--target=${folder}`,
      `--cache=${request.downloads}`,
      `--resolved=${resolved}`,
      ...(trustRoot === undefined ? [] : [`--ca=${trustRoot}`]),
      ...(set.pipconf === undefined ? [] : [`--pip-conf=${join(root, set.pipconf)}`]),
      ...(set.secretEnvironment ?? []).map((name) => `--secret-variable=${name}`),
      ...(set.separately ? ['--separately'] : []),
      '--',
      ...pipOptions,
      ...files.map((file) => `--requirement=${file}`),
    ],
    cwd: project,
    environment: pipEnvironment(
      build.environment,
      { ...set.environment, ...secretsOf(set, build) },
      temporary,
      netrc,
    ),
    signal: build.signal,
    onLine: request.onLine,
  });
  build.signal.throwIfAborted();
  if (end.exitCode !== 0) throw installFailed(what, end);
  const compiled = what.onlyWheels ? builtForThisMachine(end) : [];
  if (compiled.length > 0) throw compiledHere(what, compiled);
  if (!sameMarkers(python.machine, target)) {
    const requirements = [...(await writtenIn(set, project)), ...(await requiredBy(folder))];
    const doubtful = undecidable(requirements, python.machine.markers, target.markers);
    if (doubtful.length > 0) throw decidedForThisMachine(what, doubtful);
  }
  return { folder, resolved };
}

/** The variables that the set names as secrets, of those that have a value. */
function secretsOf(
  { secretEnvironment = [] }: DependencySet,
  { options: { secretValues } }: HostBuild,
): Readonly<Record<string, string>> {
  const given = secretEnvironment.flatMap((name) => {
    const value = secretValues?.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}

/** The requirements files of a set, in the copy of the project that pip runs in. */
async function requirementsIn(project: string, set: DependencySet): Promise<readonly string[]> {
  const { files, written } = requirementFiles(set);
  if (written !== undefined) {
    const path = join(project, written.path);
    // With the whole project, something of that name may have come, and be a link to anywhere.
    await rm(path, { recursive: true, force: true });
    await writeFile(path, `${written.lines.join('\n')}\n`, { flag: 'wx' });
  }
  return files;
}

/** Requirement lines of the manifest and of all files that can hold any. */
async function writtenIn(set: DependencySet, project: string): Promise<readonly string[]> {
  const files = set.inputs.filter(
    ({ kind, path }) => kind === 'file' && !/\.(whl|zip|gz|bz2|xz|tgz)$/.test(path),
  );
  const texts = await Promise.all(files.map(({ path }) => readFile(join(project, path), 'utf8')));
  const own = set.requirements.flatMap((one) => (one.kind === 'line' ? one.text : []));
  const lines = [...own, ...texts].flatMap((text) => text.replace(/\\\r?\n/g, ' ').split(/\r?\n/));
  return lines.map((line) => line.replace(/(^|\s)#.*$/, '').trim());
}

/** What the installed packages say they require. */
async function requiredBy(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith('.dist-info'))
      .map((name) => readFile(join(folder, name, 'METADATA'), 'utf8').catch(() => '')),
  );
  return texts.flatMap((text) =>
    [...text.matchAll(/^Requires-Dist:\s*(.+)$/gm)].map(([, requirement = '']) =>
      requirement.trim(),
    ),
  );
}
