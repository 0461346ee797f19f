import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { execa } from 'execa';
import { type ManifestWords, pkgrWords } from '../diagnostics/index.js';
import type { Runtime } from '../project/index.js';
import { Problem } from './problem.js';
import type { Machine } from './target.js';

/** A Python that can install packages. */
export interface Interpreter {
  /** Absolute path of the interpreter itself, even where a shim was found. */
  readonly path: string;
  /** Such as `3.11.7`. */
  readonly version: string;
  readonly pip: string;
  readonly machine: Machine;
}

/** What an interpreter says of itself. */
interface Answer extends Omit<Interpreter, 'pip'> {
  readonly pip: string | null;
  /** A build whose packages have other tags than Lambda's, such as PyPy. */
  readonly isUsual: boolean;
}

/** Asked with -c; nothing of the folder it runs in may be imported, such as a user's json.py. */
const QUESTION = `
import sys
if sys.path[:1] == [""]: del sys.path[0]
import json, os, platform, struct, sysconfig
try:
    from pip import __version__ as pip
except ImportError:
    pip = None
try:
    libc = os.confstr("CS_GNU_LIBC_VERSION") or ""
except (AttributeError, ValueError, OSError):
    libc = ""
machine = {"bits": 8 * struct.calcsize("P"), "markers": {"os_name": os.name, "sys_platform": sys.platform,
    "platform_system": platform.system(), "platform_machine": platform.machine()}}
if libc.startswith("glibc "):
    machine["glibc"] = libc[6:]
print(json.dumps({"path": sys.executable, "version": platform.python_version(), "pip": pip, "machine": machine,
    "isUsual": platform.python_implementation() == "CPython" and not sysconfig.get_config_var("Py_GIL_DISABLED")}))
`;

/** Milliseconds that an interpreter, or a shim before it, may take to answer. */
const PATIENCE = 20_000;

/**
 * Finds the runtime's Python, with pip: markers, tags and what is compiled are all those of the
 * Python that pip runs on, so no other version will do.
 * @throws Problem that tells what was found instead
 */
export async function choosePython(
  runtime: Runtime,
  environment: NodeJS.ProcessEnv,
  { withDocker }: ManifestWords = pkgrWords,
): Promise<Interpreter> {
  const seen: string[] = [];
  for (const path of candidates(runtime, environment.PATH ?? '')) {
    const answer = await ask(path, environment);
    if (typeof answer === 'string') {
      seen.push(`${path}: ${answer}`);
      continue;
    }
    const { version, pip, isUsual } = answer;
    if (!`${version}.`.startsWith(`${runtime.slice('python'.length)}.`)) {
      seen.push(`${path}: Python ${version}`);
    } else if (pip === null) seen.push(`${path}: Python ${version} without pip`);
    else if (!isUsual) seen.push(`${path}: Python ${version}, another build than Lambda's`);
    else return { path: answer.path, version, pip, machine: answer.machine };
  }
  throw new Problem(
    'host-python-missing',
    `there is no ${runtime} with pip on PATH, and pip chooses packages for the Python it runs on`,
    `install ${runtime} and its pip, or ${withDocker}`,
    seen,
  );
}

/** Executables that may be it, the one named like the runtime first; relative folders of PATH do not count. */
function candidates(runtime: Runtime, path: string): readonly string[] {
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  const paths = [runtime, 'python3', 'python'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  return [...new Set(paths)].filter(isExecutable);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Its answer, or why there is none. */
async function ask(path: string, environment: NodeJS.ProcessEnv): Promise<Answer | string> {
  const { exitCode, stdout, stderr, timedOut } = await execa(path, ['-c', QUESTION], {
    env: Object.fromEntries(
      Object.entries(environment).filter(([name]) => !name.startsWith('PYTHON')),
    ),
    extendEnv: false,
    stdin: 'ignore',
    timeout: PATIENCE,
    reject: false,
  });
  if (timedOut) return `gave no answer in ${PATIENCE / 1000} seconds`;
  const answer = exitCode === 0 ? readAnswer(stdout) : undefined;
  if (answer !== undefined) return answer;
  const [line = ''] = stderr.split('\n');
  const end = exitCode === undefined ? 'does not run' : `ended with exit code ${exitCode}`;
  return line === '' ? end : `${end} (${line.slice(0, 200)})`;
}

function readAnswer(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text.trim().split('\n').at(-1) ?? '');
    return isAnswer(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isAnswer(value: unknown): value is Answer {
  if (typeof value !== 'object' || value === null) return false;
  const { path, version, pip, machine }: Readonly<Record<string, unknown>> = { ...value };
  return (
    typeof path === 'string' &&
    isAbsolute(path) &&
    typeof version === 'string' &&
    (pip === null || typeof pip === 'string') &&
    typeof machine === 'object'
  );
}
