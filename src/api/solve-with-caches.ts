import { type Diagnostic, PkgrError } from '../diagnostics/index.js';
import {
  cacheSpecProblem,
  type SolveFailure,
  type SolveRequest,
  type SolveResult,
  solve,
  withoutSecrets,
} from '../engine/index.js';

/** Caches beside that of the builder, as `docker buildx build` takes them. */
export interface Caches {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** @throws PkgrError for each value that buildx could not read. */
export function cachesOf(options: {
  readonly cacheFrom?: readonly string[];
  readonly cacheTo?: readonly string[];
}): Caches {
  const { cacheFrom: from = [], cacheTo: to = [] } = options;
  const problems = [
    ...from.flatMap((spec) => specDiagnostic('--cache-from', spec)),
    ...to.flatMap((spec) => specDiagnostic('--cache-to', spec)),
  ];
  if (problems.length > 0) throw new PkgrError(problems);
  return { from, to };
}

/** What buildx leaves out without a word: it takes what GitHub's cache asks for from the environment. */
export function ignoredCaches(
  { from, to }: Caches,
  environment: Readonly<Record<string, string | undefined>>,
): readonly Diagnostic[] {
  const isIgnored = (spec: string) => /\btype=gha\b/.test(spec) && !/\btoken=/.test(spec);
  if (environment.ACTIONS_RUNTIME_TOKEN || ![...from, ...to].some(isIgnored)) return [];
  return [
    {
      code: to.some(isIgnored) ? 'cache-not-written' : 'cache-not-read',
      severity: 'warning',
      message: 'The cache type=gha is passed over: the environment has no ACTIONS_RUNTIME_TOKEN',
      hint: 'let a step that uses crazy-max/ghaction-github-runtime come before, which gives it to commands of the job',
    },
  ];
}

/** How a solve ended, and the caches with which others of the same build may be tried. */
export interface SolvedWithCaches<T> {
  readonly result: SolveResult<T>;
  readonly usable: Caches;
}

/**
 * Solves with caches. One that cannot be read or written is told of, and the solve goes on without
 * it: what was done so far is in the builder's own cache.
 */
export async function solveWithCaches<T>(
  request: Omit<SolveRequest<T>, 'cacheFrom' | 'cacheTo'>,
  caches: Caches,
  tell: (notices: readonly Diagnostic[]) => void = () => {},
): Promise<SolvedWithCaches<T>> {
  const specs = [...caches.from, ...caches.to];
  const hidden = (text: string) => withoutSecrets(text, specs);
  const { debug } = request;
  let usable = caches;
  // Told only when the solve does go on without: what else is wrong is told by the failure itself.
  const dropped: Diagnostic[] = [];
  for (;;) {
    const result = await solve({
      ...request,
      cacheFrom: usable.from,
      cacheTo: usable.to,
      ...(debug && { debug: (line: string) => debug(hidden(line)) }),
    });
    if (result.kind === 'done') {
      const unread = result.unreadCaches.map((text) => notRead(hidden(text)));
      if (dropped.length + unread.length > 0) tell([...dropped, ...unread]);
      return { result, usable };
    }
    const reason = reasonOf(result.failure);
    if (reason === undefined || usable.from.length + usable.to.length === 0) {
      if (dropped.length > 0 && result.failure.kind !== 'other') tell(dropped);
      return { result, usable };
    }
    const isWriting = usable.to.length > 0;
    dropped.push(isWriting ? notWritten(hidden(reason)) : notRead(hidden(reason)));
    usable = isWriting ? { ...usable, to: [] } : { ...usable, from: [] };
  }
}

/** Why a cache may have ended a solve; undefined when something else has. */
function reasonOf(failure: SolveFailure): string | undefined {
  return failure.kind === 'cache-unwritten' || failure.kind === 'other' ? failure.text : undefined;
}

function notWritten(reason: string): Diagnostic {
  const isUnable = /not supported for/.test(reason);
  return {
    code: 'cache-not-written',
    severity: 'warning',
    message: 'The cache named by --cache-to was not written; the zips are none the worse',
    hint: isUnable
      ? 'take a builder that can (docker buildx create --driver docker-container), or turn on the containerd image store of the engine'
      : 'check that it can be reached, and that you may write there',
    details: reason.split('\n'),
  };
}

function notRead(reason: string): Diagnostic {
  return {
    code: 'cache-not-read',
    severity: 'warning',
    message: 'A cache named by --cache-from was not read, so that more is built anew',
    hint: 'check that it exists and can be reached; the first build that writes a cache has none to read',
    details: reason.split('\n'),
  };
}

function specDiagnostic(option: string, spec: string): readonly Diagnostic[] {
  const problem = cacheSpecProblem(spec);
  if (problem === undefined) return [];
  return [
    {
      code: 'invalid-value',
      severity: 'error',
      message: `${option} ${JSON.stringify(withoutSecrets(spec, [spec]))}: ${withoutSecrets(problem, [spec])}`,
      hint: 'for example type=registry,ref=registry.example.com/cache:pkgr or type=local with src= to read and dest= to write',
    },
  ];
}
