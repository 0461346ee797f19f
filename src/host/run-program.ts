import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';

export interface ProgramRun {
  /** Absolute path of the interpreter; arguments are given to it as they are, without a shell. */
  readonly file: string;
  readonly arguments: readonly string[];
  readonly cwd: string;
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  onLine(line: string): void;
}

/** How a program ended; `exitCode` is undefined when a signal ended it or it did not start. */
export interface ProgramEnd {
  readonly exitCode: number | undefined;
  /** Everything it printed, a line each, without escapes; error output among it. */
  readonly lines: readonly string[];
}

/** Milliseconds between asking a program to end and killing it. */
const GRACE = 3000;

/**
 * Runs a program to its end. It leads a process group of its own, because pip and the compilers it
 * starts outlive a parent that is killed alone.
 */
export async function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  const child = execa(run.file, run.arguments, {
    cwd: run.cwd,
    env: run.environment,
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    buffer: false,
    reject: false,
    detached: true,
  });
  let grace: NodeJS.Timeout | undefined;
  const kill = () => signalGroup(child.pid, 'SIGKILL');
  const stop = () => {
    signalGroup(child.pid, 'SIGINT');
    grace = setTimeout(kill, GRACE);
  };
  process.once('exit', kill);
  run.signal.addEventListener('abort', stop, { once: true });
  if (run.signal.aborted) stop();
  const lines: string[] = [];
  try {
    for await (const text of child.iterable({ from: 'all' })) {
      const line = stripVTControlCharacters(String(text)).trimEnd();
      lines.push(line);
      run.onLine(line);
    }
    const { exitCode, originalMessage } = await child;
    if (child.pid === undefined && originalMessage) lines.push(originalMessage);
    return { exitCode, lines };
  } finally {
    // What it has left running in its group, such as a compiler that has not heard of the end.
    if (run.signal.aborted) kill();
    clearTimeout(grace);
    process.removeListener('exit', kill);
    run.signal.removeEventListener('abort', stop);
  }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
