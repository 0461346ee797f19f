import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** How a docker command ended. */
export type DockerEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'not-started'; readonly error: NodeJS.ErrnoException };

/** A docker command that runs. */
export interface DockerProcess {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when it has ended and its output was read; never rejects. */
  readonly ended: Promise<DockerEnd>;
  /** Asks it to end, and makes it end when it has not after the grace period. Idempotent. */
  stop(): void;
}

/**
 * Milliseconds between asking a command to end and killing it; the docker command itself waits up to
 * 3 seconds for the engine to end the steps.
 */
const GRACE = 3000;

/** The docker command: PKGR_DOCKER, or `docker` as found on PATH. */
export function dockerCommand(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.PKGR_DOCKER || 'docker';
}

/**
 * Starts the docker command line with the environment as it is, so that DOCKER_HOST, contexts and
 * credentials mean what they mean in the user's shell. Nothing is read from stdin.
 *
 * It leads a process group of its own: a terminal's Ctrl-C then reaches pkgr alone, which passes it
 * on once; and killing the group also ends the buildx plugin, a child of `docker` that outlives it.
 */
export function startDocker(
  arguments_: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): DockerProcess {
  const child = spawn(dockerCommand(), arguments_, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DOCKER_CLI_HINTS: 'false', ...environment },
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let over = false;
  let grace: NodeJS.Timeout | undefined;
  const kill = () => signalGroup(child, 'SIGKILL');
  // A process that ends without having stopped its solves, by a defect or a second Ctrl-C.
  process.once('exit', kill);

  const ended = new Promise<DockerEnd>((resolve) => {
    const finish = (end: DockerEnd) => {
      over = true;
      clearTimeout(grace);
      process.removeListener('exit', kill);
      resolve(end);
    };
    child.once('error', (error) => {
      if (child.pid === undefined) finish({ kind: 'not-started', error });
    });
    child.once('close', (code, signal) => {
      if (code !== null) finish({ kind: 'exited', code });
      else if (signal !== null) finish({ kind: 'killed', signal });
    });
  });

  return {
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    stop() {
      if (over || grace !== undefined) return;
      signalGroup(child, 'SIGINT');
      grace = setTimeout(() => {
        kill();
        // Something else may hold the pipes open; nobody waits for what it would still say.
        child.stdout.destroy();
        child.stderr.destroy();
      }, GRACE);
    },
  };
}

function signalGroup(child: ChildProcessByStdio<null, Readable, Readable>, signal: NodeJS.Signals) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
