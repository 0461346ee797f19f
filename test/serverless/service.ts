import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { extract } from 'tar';
import { commands, ensureFrameworks } from '../../scripts/frameworks.mjs';
import { engineEnvironment } from '../build/engine-environment.js';
import { type Content, newFolder, writeFiles } from '../build/project.js';

const ROOT = join(import.meta.dirname, '../..');
if (!existsSync(join(ROOT, 'dist'))) throw new Error('dist/ is missing: run "npm run build" first');

/** The frameworks that the plugin is made for, real ones. */
export const frameworks = ['serverless', 'osls'] as const;
export type FrameworkName = (typeof frameworks)[number];

/** How a command of a framework ended. */
export interface Ran {
  readonly code: number | undefined;
  /** Both streams; which comes first where is chance. */
  readonly output: string;
  /** Results, and what an error says; all else goes to stderr. */
  readonly stdout: string;
}

/** A service in a folder of its own, with pkgr installed as npm would from what `npm pack` makes. */
export async function newService(files: Readonly<Record<string, Content>>): Promise<string> {
  const folder = join(newFolder(), 'service');
  writeFiles(folder, files);
  await install(folder);
  return folder;
}

/**
 * Installs pkgr beside a service, where a workspace would: what a framework packs itself has less to
 * go through then.
 */
export async function install(folder: string): Promise<void> {
  const modules = join(folder, '../node_modules');
  mkdirSync(modules, { recursive: true });
  symlinkSync(await packedPkgr(), join(modules, 'pkgr'));
}

let packed: Promise<string> | undefined;

/** The package as it is published, unpacked; its dependencies are those of this repository. */
function packedPkgr(): Promise<string> {
  packed ??= (async () => {
    const folder = newFolder();
    const options = ['--json', '--ignore-scripts', '--pack-destination', folder];
    const { stdout } = await execa('npm', ['pack', ...options], { cwd: ROOT });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    await extract({ file: join(folder, filename), cwd: folder });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'package/node_modules'));
    return join(folder, 'package');
  })();
  return packed;
}

/** Runs a command of a framework in a service, without credentials, telemetry or a terminal. */
export async function sls(
  framework: FrameworkName,
  folder: string,
  arguments_: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Ran> {
  return run('node', [await commandOf(framework), ...arguments_], folder, env);
}

/** The same on a terminal, where somebody gives an answer to what is asked. */
export async function slsOnTerminal(
  framework: FrameworkName,
  folder: string,
  arguments_: readonly string[],
  answer: string,
): Promise<Ran> {
  const command = ['node', await commandOf(framework), ...arguments_];
  const env = { CI: undefined, TERM: 'xterm' };
  return run(
    'python3',
    [join(import.meta.dirname, 'terminal.py'), answer, ...command],
    folder,
    env,
  );
}

export async function commandOf(framework: FrameworkName): Promise<string> {
  return join(await ensureFrameworks(), commands[framework]);
}

async function run(
  file: string,
  arguments_: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Ran> {
  const result = await execa(file, arguments_, {
    cwd,
    env: { ...(await frameworkEnvironment()), ...env },
    stdin: 'ignore',
    reject: false,
    all: true,
  });
  return { code: result.exitCode, output: result.all, stdout: result.stdout };
}

let cache: string | undefined;

function cacheFolder(): string {
  cache ??= newFolder();
  return cache;
}

/** What every run of a framework gets: nothing of this user but the engine. */
export async function frameworkEnvironment(): Promise<Readonly<Record<string, string>>> {
  // Both keep the checker that they make of their schemas in the home folder: made once, found again.
  const home = join(await ensureFrameworks(), 'home');
  mkdirSync(home, { recursive: true });
  return {
    ...engineEnvironment,
    HOME: home,
    // What pkgr keeps for builds without Docker.
    XDG_CACHE_HOME: cacheFolder(),
    DOCKER_CONFIG: process.env.DOCKER_CONFIG ?? join(homedir(), '.docker'),
    SLS_TELEMETRY_DISABLED: '1',
    SLS_NOTIFICATIONS_MODE: 'off',
    // Nobody asks a cloud for credentials.
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Runs the same in both frameworks at once, each in a service of its own. */
export async function inBoth(
  files: Readonly<Record<string, Content>>,
  arguments_: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<readonly (Ran & { readonly framework: FrameworkName; readonly folder: string })[]> {
  return Promise.all(
    frameworks.map(async (framework) => {
      const folder = await newService(files);
      return { framework, folder, ...(await sls(framework, folder, arguments_, env)) };
    }),
  );
}
