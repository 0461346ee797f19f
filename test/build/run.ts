import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { engineEnvironment } from './engine-environment.js';

/** The command line as `npm run build` compiles it, which is what users get. */
const CLI = join(import.meta.dirname, '../../dist/cli/main.js');
if (!existsSync(CLI)) throw new Error('dist/ is missing: run "npm run build" first');

/** Variables by name; undefined takes one away. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface RunOptions {
  readonly env?: Environment;
  /** As the shell has it, such as `077`; the machine's own when absent. */
  readonly umask?: string;
}

/** How a command line ended. */
export interface Run {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `pkgr` in a folder to its end. */
export async function pkgr(
  folder: string,
  arguments_: readonly string[],
  options: RunOptions = {},
): Promise<Run> {
  return ended(startPkgr(folder, arguments_, options));
}

/** Starts `pkgr` in a folder, for a test that does something meanwhile. */
export function startPkgr(
  folder: string,
  arguments_: readonly string[],
  { env = {}, umask }: RunOptions = {},
) {
  const command = [process.execPath, CLI, ...arguments_];
  const [file = '', ...rest] =
    umask === undefined ? command : ['sh', '-c', `umask ${umask}; exec "$@"`, 'sh', ...command];
  return start(file, rest, folder, env);
}

/** Runs another program, such as docker, and throws when it fails. */
export async function run(
  file: string,
  arguments_: readonly string[],
  folder?: string,
): Promise<Run> {
  const result = await ended(start(file, arguments_, folder, {}));
  if (result.code === 0) return result;
  throw new Error(`${file} ${arguments_.join(' ')} ended with ${result.code}:\n${result.stderr}`);
}

export type Started = ReturnType<typeof start>;

function start(file: string, arguments_: readonly string[], cwd = '.', env: Environment = {}) {
  return execa(file, arguments_, {
    cwd,
    env: { ...engineEnvironment, ...env },
    stdin: 'ignore',
    reject: false,
  });
}

/** Waits until the process has written something to stderr. */
export async function said(process: Started, words: RegExp): Promise<void> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    process.stderr.on('data', (chunk) => {
      text += chunk;
      if (words.test(text)) resolve();
    });
    process.stderr.once('end', () => reject(new Error(`it never said ${words}:\n${text}`)));
  });
}

export async function ended(process: Started): Promise<Run> {
  const { exitCode, stdout, stderr } = await process;
  return { code: exitCode, stdout, stderr };
}

/**
 * Builds and throws with what pkgr says unless that ends well.
 * @returns how each unit ended, by name
 */
export async function build(
  folder: string,
  arguments_: readonly string[] = [],
  options: RunOptions = {},
): Promise<Readonly<Record<string, string>>> {
  const { code, stdout, stderr } = await pkgr(folder, ['build', '--json', ...arguments_], options);
  if (code !== 0) throw new Error(`pkgr build ended with ${code}:\n${stderr}`);
  const result: { units: { name: string; status: string }[] } = JSON.parse(stdout);
  return Object.fromEntries(result.units.map(({ name, status }) => [name, status]));
}
