import type { Readable } from 'node:stream';
import { type BuildCommand, buildArguments, secretVariables } from './build-arguments.js';
import { writeBuildFiles } from './build-files.js';
import { unreadCaches } from './cache-specs.js';
import { engineShortcoming } from './capabilities.js';
import { classify } from './classify.js';
import { type DockerEnd, startDocker } from './docker.js';
import type { SolveFailure } from './failure.js';
import { createLogLines } from './log-lines.js';
import { noProgress, type Progress, reduceProgress } from './progress.js';
import { createRawJsonParser, type RawJsonItem } from './rawjson.js';

/** One solve: what to build, and what to do with the result. */
export interface SolveRequest<T> extends Omit<BuildCommand, 'dockerfile'> {
  /** Text of the Dockerfile. */
  readonly dockerfile: string;
  /** Text of the .dockerignore that goes with it; it replaces the context's own. */
  readonly ignore: string;
  /** Whether it takes only part of the files that solves of this context usually take. */
  readonly isPart?: boolean;
  /** Aborting it ends the solve within seconds with the failure `interrupted`. */
  readonly signal?: AbortSignal;
  /** Called whenever something has happened, at most once a read of the engine's messages. */
  onProgress?(progress: Progress): void;
  /**
   * Told everything: where the Dockerfile is, which is kept then, and each line of each step. It is
   * called at least as often as onProgress.
   */
  debug?(line: string): void;
  /**
   * Reads the target's files as a tar stream. It is called once, when the solve starts, and its
   * stream ends early when the solve fails; only then is its error ignored.
   */
  receive(tar: Readable): Promise<T>;
}

export type SolveResult<T> =
  | {
      readonly kind: 'done';
      readonly value: T;
      readonly progress: Progress;
      /** Caches that were to be read and could not be, and why. */
      readonly unreadCaches: readonly string[];
    }
  | { readonly kind: 'failed'; readonly failure: SolveFailure; readonly progress: Progress };

/** Characters kept of what the docker command says beside the engine's messages. */
const TEXT_LIMIT = 64 * 1024;

/**
 * Builds one target and hands its files over. A failure of the engine or of the build is a result;
 * an error of `receive` stops the solve and is thrown. The docker command never outlives the call.
 * @throws PkgrError when the temporary folder cannot be written.
 */
export async function solve<T>(request: SolveRequest<T>): Promise<SolveResult<T>> {
  if (request.signal?.aborted) return failed({ kind: 'interrupted' }, noProgress);
  const files = await writeBuildFiles(request);
  request.debug?.(`${request.target} is built by the Dockerfile ${files.dockerfile}`);
  try {
    const command = { ...request, dockerfile: files.dockerfile, context: files.context };
    return await run(request, buildArguments(command, process.env));
  } finally {
    if (request.debug === undefined) await files.remove();
    else files.keep();
  }
}

async function run<T>(
  request: SolveRequest<T>,
  arguments_: readonly string[],
): Promise<SolveResult<T>> {
  const { signal } = request;
  const docker = startDocker(arguments_, {
    // What git says of the context is only for provenance, and asking takes time.
    BUILDX_GIT_INFO: 'false',
    // Where zips pass through it, docker would let its garbage grow to 340 MB.
    GOMEMLIMIT: process.env.GOMEMLIMIT ?? '128MiB',
    ...secretVariables(request.secretValues),
  });
  const messages = readMessages(docker.stderr, request);
  // An error thrown by onProgress is met below; until then it is not an unhandled one.
  messages.catch(() => docker.stop());
  const stop = () => docker.stop();
  signal?.addEventListener('abort', stop, { once: true });
  // Aborted while the files were written: no event comes any more.
  if (signal?.aborted) stop();
  try {
    const received = await receiveFrom(request, docker.stdout);
    if (received.kind === 'refused') docker.stop();
    const [end, { progress, text }] = await Promise.all([docker.ended, messages]);
    const interrupted = signal?.aborted === true;
    if (received.kind === 'refused' && !interrupted) throw received.error;
    if (received.kind === 'received' && succeeded(end)) {
      const { value } = received;
      return { kind: 'done', value, progress, unreadCaches: unreadCaches(progress, text) };
    }
    if (received.kind === 'cut' && succeeded(end) && !interrupted) throw received.error;
    const failure = classify({ progress, text, end, interrupted });
    return failed(await withShortcoming(failure), progress);
  } finally {
    signal?.removeEventListener('abort', stop);
    docker.stop();
    await docker.ended;
  }
}

type Received<T> =
  | { readonly kind: 'received'; readonly value: T }
  /** Failed by itself, while there was still something to read. */
  | { readonly kind: 'refused'; readonly error: unknown }
  /** Failed when the stream had ended, which is the engine's fault if the solve failed. */
  | { readonly kind: 'cut'; readonly error: unknown };

async function receiveFrom<T>(request: SolveRequest<T>, tar: Readable): Promise<Received<T>> {
  try {
    const value = await request.receive(tar);
    // What is left unread would block the docker command.
    tar.resume();
    return { kind: 'received', value };
  } catch (error) {
    const kind = tar.readableEnded ? 'cut' : 'refused';
    tar.destroy();
    return { kind, error };
  }
}

async function readMessages(
  stderr: Readable,
  request: Pick<SolveRequest<unknown>, 'onProgress' | 'debug'>,
) {
  const parser = createRawJsonParser();
  const tell = createLogLines((line) => request.debug?.(line));
  let progress = noProgress;
  let text = '';
  const take = (items: readonly RawJsonItem[]) => {
    const events = items.flatMap((item) => (item.kind === 'event' ? [item.event] : []));
    for (const item of items) if (item.kind === 'text') text += `${item.line}\n`;
    text = text.slice(-TEXT_LIMIT);
    if (request.debug !== undefined) tell(events);
    const next = reduceProgress(progress, events);
    if (next === progress) return;
    progress = next;
    request.onProgress?.(progress);
  };
  try {
    for await (const chunk of stderr) take(parser.push(chunk));
  } catch (error) {
    // The pipe of a command that had to be killed was closed; anything else came from onProgress.
    if (!stderr.destroyed || !isPrematureClose(error)) throw error;
  }
  take(parser.end());
  return { progress, text };
}

function isPrematureClose(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function succeeded(end: DockerEnd): boolean {
  return end.kind === 'exited' && end.code === 0;
}

function failed<T>(failure: SolveFailure, progress: Progress): SolveResult<T> {
  return { kind: 'failed', failure, progress };
}

/** An old engine fails with many texts; it is asked for its version only when one is not known. */
async function withShortcoming(failure: SolveFailure): Promise<SolveFailure> {
  return failure.kind === 'other' ? ((await engineShortcoming()) ?? failure) : failure;
}
