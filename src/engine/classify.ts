import type { DockerEnd } from './docker.js';
import type { EngineReason, SolveFailure } from './failure.js';
import { imageOfStep, imageOfText, imageUnavailable } from './image-failure.js';
import { logLines } from './log-tail.js';
import { instructionOf, type Progress, type Step } from './progress.js';

/** What is left of a solve that did not succeed. */
export interface FailedRun {
  readonly progress: Progress;
  /** What came on stderr beside the engine's messages, the last lines of it. */
  readonly text: string;
  readonly end: DockerEnd;
  readonly interrupted: boolean;
}

const noSpace = /no space left on device|disk quota exceeded/i;
const lostEngine =
  /error reading from server|transport is closing|closing transport|code = Unavailable|use of closed network connection|daemon is shutting down/;
const noBuildx =
  /unknown command: docker buildx|'buildx' is not a docker command|unknown (?:shorthand )?flag: .?-?-?f/;

const noCacheExport =
  /^(?:Cache export is not supported for|cache export feature is currently not supported for)/i;
/** Steps of buildx itself, before a builder of another driver than the engine's has a solve. */
const bootSteps = /^\[internal\] (?:booting buildkit|waiting for connection)/;

const engineTexts: readonly (readonly [EngineReason, RegExp])[] = [
  ['no-context', /context "[^"]*": context not found|context "[^"]*" (?:does not exist|not found)/],
  [
    'permission',
    /permission denied while trying to connect|dial unix [^:]*: connect: permission denied/,
  ],
  [
    'no-answer',
    /Cannot connect to the Docker daemon|failed to connect to the docker API|error during connect|docker daemon is not running|unable to resolve docker endpoint|Is the docker daemon running/,
  ],
  ['not-started', /^failed to initialize builder |^failed to list workers: /],
];

/**
 * Why a solve failed. The steps' own errors are believed first, because they tell which step it
 * was; the command's last words only when no step has failed by itself. A step that was cancelled
 * because another failed is no cause.
 */
export function classify({ progress, text, end, interrupted }: FailedRun): SolveFailure {
  if (interrupted) return { kind: 'interrupted' };
  if (end.kind === 'not-started') return notStarted(end.error);
  if (end.kind === 'killed') {
    return { kind: 'other', text: `the docker command was ended by ${end.signal}` };
  }
  const error = lastError(text);
  if (lostEngine.test(error)) return { kind: 'engine-died', text: error };
  const failed = firstFailed(progress);
  if (failed !== undefined) return ofStep(failed.step, failed.error, text);
  return ofText(error, text, end.code);
}

/** Why the engine could not be reached, by the docker command's words; undefined for other words. */
export function unreachableReason(text: string): EngineReason | undefined {
  return engineTexts.find(([, words]) => words.test(text))?.[0];
}

function notStarted(error: NodeJS.ErrnoException): SolveFailure {
  return { kind: 'engine-unreachable', reason: 'no-command', text: error.message };
}

function firstFailed({ steps }: Progress) {
  let first: { readonly step: Step; readonly error: string } | undefined;
  for (const step of steps.values()) {
    const { error, completed = Number.POSITIVE_INFINITY } = step;
    if (error === undefined || /context cancell?ed$/.test(error)) continue;
    // A cache that cannot be read ends no solve.
    if (step.name.startsWith('importing cache ')) continue;
    if (first === undefined || completed < (first.step.completed ?? Number.POSITIVE_INFINITY)) {
      first = { step, error };
    }
  }
  return first;
}

function ofStep(step: Step, error: string, text: string): SolveFailure {
  const stage = step.stage === undefined ? {} : { stage: step.stage };
  if (bootSteps.test(step.name)) {
    return { kind: 'engine-unreachable', reason: 'not-started', text: error };
  }
  if (/^exporting cache\b/.test(step.name)) return { kind: 'cache-unwritten', text: error };
  const instruction = instructionOf(step);
  const log = logLines(step.log);
  const full = [error, ...log].find((line) => noSpace.test(line));
  if (full !== undefined) return { kind: 'disk-full', text: full, ...stage, step: instruction };
  const image = imageOfStep(step.name);
  if (image !== undefined) return imageUnavailable(image, error);
  const path = missingPath(error);
  if (path !== undefined) {
    const within = / --from=|,from=/.test(instruction) ? 'stage' : 'context';
    return { kind: 'missing-file', path, within, ...stage, step: instruction };
  }
  if (!step.counted) return { kind: 'other', text: error };
  const code = / exit code: (\d+)/.exec(error)?.[1];
  const line = /^Dockerfile:(\d+)$/m.exec(text)?.[1];
  return {
    kind: 'step-failed',
    ...stage,
    step: instruction,
    ...(code === undefined ? {} : { exitCode: Number(code) }),
    ...(line === undefined ? {} : { line: Number(line) }),
    error,
    log,
  };
}

function ofText(error: string, text: string, code: number): SolveFailure {
  const reason = unreachableReason(error);
  if (reason !== undefined) return { kind: 'engine-unreachable', reason, text: error };
  if (noCacheExport.test(error)) return { kind: 'cache-unwritten', text: error };
  if (code === 125 && noBuildx.test(text)) return { kind: 'buildx-missing' };
  if (/invalid progress mode/.test(error)) {
    return { kind: 'engine-too-old', what: 'buildx', needed: '0.13' };
  }
  if (/invalid empty ssh agent socket/.test(error)) return { kind: 'ssh-agent-missing' };
  if (noSpace.test(error)) return { kind: 'disk-full', text: error };
  const image = imageOfText(error);
  if (image !== undefined) return imageUnavailable(image, error);
  const path = missingPath(error);
  if (path !== undefined) return { kind: 'missing-file', path, within: 'context' };
  const unread = /failed to stat (.+): stat /.exec(error)?.[1];
  if (unread !== undefined) return { kind: 'missing-file', path: unread, within: 'machine' };
  return { kind: 'other', text: error };
}

function missingPath(error: string): string | undefined {
  return /failed to calculate checksum of ref .*: "\/?([^"]*)": not found/.exec(error)?.[1];
}

/** The docker command's last words, without their labels; everything when there is no such line. */
function lastError(text: string): string {
  const lines = text.split('\n');
  const at = lines.findLastIndex((line) => /^ERROR: /i.test(line));
  const words = at < 0 ? lines : lines.slice(at);
  return words
    .join('\n')
    .trim()
    .replace(/^ERROR: (?:failed to solve: )?/i, '');
}
