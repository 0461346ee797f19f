import { PkgrError } from '../diagnostics/index.js';
import { unreachableReason } from './classify.js';
import { dockerCommand } from './docker.js';
import { describeFailure, failureExitCode } from './explain.js';
import type { SolveFailure } from './failure.js';
import { isAtLeast } from './version.js';

/** An engine that can build what pkgr writes. */
export interface Engine {
  readonly kind: 'engine';
  /** As the engine and the plugin say it, such as `26.1.5+dfsg1`. */
  readonly version: string;
  readonly buildx: string;
  /** By the engine's words: `linux`; `x86_64` or `aarch64`. */
  readonly os: string;
  readonly architecture: string;
}

/** Heredocs and named contexts came with engine 23, `--progress=rawjson` with buildx 0.13. */
const needed = { engine: '23.0', buildx: '0.13' } as const;

/** Milliseconds to wait for an answer; a remote engine may be slow, one that hangs is unreachable. */
const PATIENCE = 10_000;

/** One question that both the docker command and the engine answer; it takes about 40 ms. */
const question = [
  '{"version":{{json .ServerVersion}}',
  '"os":{{json .OSType}}',
  '"architecture":{{json .Architecture}}',
  '"plugins":{{json .ClientInfo.Plugins}}}',
].join(',');

/**
 * What the engine and the docker command can do. Nothing needs it before a solve: a solve that
 * fails is explained as well, and one that succeeds has not waited for the answer.
 * @throws PkgrError with engine-unreachable (exit 75), buildx-missing or engine-too-old (exit 2).
 */
export async function probeEngine(): Promise<Engine> {
  const answer = await inspectEngine();
  if (answer.kind === 'engine') return answer;
  throw new PkgrError([describeFailure(answer, {})], failureExitCode(answer));
}

/** What the engine lacks, to explain a failure whose words tell nothing; undefined when it is fit. */
export async function engineShortcoming(): Promise<SolveFailure | undefined> {
  const answer = await inspectEngine();
  return answer.kind === 'engine' ? undefined : answer;
}

async function inspectEngine(): Promise<Engine | SolveFailure> {
  // Only here, because loading it costs every build more than the question does.
  const { execa } = await import('execa');
  const { stdout, stderr, code, timedOut, exitCode } = await execa(
    dockerCommand(),
    ['info', '--format', question],
    { reject: false, timeout: PATIENCE, stdin: 'ignore' },
  );
  if (code === 'ENOENT' || code === 'EACCES') {
    return {
      kind: 'engine-unreachable',
      reason: 'no-command',
      text: `${dockerCommand()}: ${code}`,
    };
  }
  const answer = readAnswer(stdout);
  if (answer.version === '') {
    const silence = timedOut ? `no answer in ${PATIENCE / 1000} seconds` : `exit code ${exitCode}`;
    const text = stderr.trim() || silence;
    return { kind: 'engine-unreachable', reason: unreachableReason(text) ?? 'no-answer', text };
  }
  if (answer.buildx === undefined) return { kind: 'buildx-missing' };
  if (!isAtLeast(answer.version, needed.engine)) {
    return {
      kind: 'engine-too-old',
      what: `Docker engine ${answer.version}`,
      needed: needed.engine,
    };
  }
  if (!isAtLeast(answer.buildx, needed.buildx)) {
    return { kind: 'engine-too-old', what: `buildx ${answer.buildx}`, needed: needed.buildx };
  }
  return { ...answer, kind: 'engine', buildx: answer.buildx };
}

function readAnswer(text: string) {
  const { version, os, architecture, plugins } = parseObject(text);
  const list: readonly unknown[] = Array.isArray(plugins) ? plugins : [];
  const buildx = list.map(fields).find(({ Name, Err }) => Name === 'buildx' && !Err);
  return {
    version: string(version),
    os: string(os),
    architecture: string(architecture),
    buildx: buildx === undefined ? undefined : string(buildx.Version),
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return fields(JSON.parse(text));
  } catch {
    return {};
  }
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
