import { type Diagnostic, ExitCode, PkgrError } from '../diagnostics/index.js';
import { type Builder, mergeProgress, noProgress, type Progress } from '../engine/index.js';
import { type PlannedUnit, shareOut } from '../plan/index.js';
import type { FailedUnit, SolveSetting } from './solve-units.js';

/** What came of work that was split. */
export interface OverBuilders<T> {
  /** One for each share that was done. */
  readonly parts: readonly T[];
  /** Units of shares that no builder could do. */
  readonly failed: readonly FailedUnit[];
}

/** Work on some units by the builder of the setting. */
export type Work<T> = (
  setting: SolveSetting,
  units: readonly PlannedUnit[],
  verified: readonly PlannedUnit[],
) => Promise<T>;

/**
 * Has units worked on by all builders of the setting at once, each with a share of its own. When a
 * builder does not answer, or its engine dies, what it had to do is shared out again among those
 * that live, and they begin anew with it; work has to bear that.
 * @throws PkgrError when nothing could be done at all, or the build is interrupted.
 */
export async function overBuilders<T>(
  setting: SolveSetting,
  units: readonly PlannedUnit[],
  verified: readonly PlannedUnit[],
  work: Work<T>,
): Promise<OverBuilders<T>> {
  const [only, ...more] = setting.builders;
  if (more.length === 0) {
    const own = only === undefined ? setting : { ...setting, builder: only };
    return { parts: [await work(own, units, verified)], failed: [] };
  }
  const living = new Map(setting.builders.map((builder) => [builder.name, builder]));
  // What stops one share for good must not let the others go on unseen.
  const stop = new AbortController();
  const signal = setting.signal ? AbortSignal.any([setting.signal, stop.signal]) : stop.signal;
  const merged = mergedProgress(setting.onProgress);
  const parts: T[] = [];
  const failed: FailedUnit[] = [];
  const errors: PkgrError[] = [];
  let stopped: { readonly error: unknown } | undefined;

  const giveUp = (share: readonly PlannedUnit[], error: PkgrError) => {
    const last = error.diagnostics.at(-1);
    if (last === undefined) throw error;
    // Shares that fail for the same reason are told of once.
    const same = errors.find(({ diagnostics }) => diagnostics.at(-1)?.message === last.message);
    if (same === undefined) errors.push(error);
    const diagnostic = same?.diagnostics.at(-1) ?? last;
    for (const unit of share) failed.push({ unit, diagnostic, exitCode: error.exitCode });
  };
  const doShare = async (builder: Builder, share: readonly PlannedUnit[]): Promise<void> => {
    const progress = merged.of();
    const looked = verified.filter((unit) => share.includes(unit));
    try {
      parts.push(await work(settingOf(setting, builder, signal, progress), share, looked));
    } catch (error) {
      if (!(error instanceof PkgrError) || error.exitCode === ExitCode.interrupted) throw error;
      if (!isLost(error)) return giveUp(share, naming(error, builder));
      progress.drop();
      const isNews = living.delete(builder.name);
      if (living.size === 0) return giveUp(share, naming(error, builder));
      if (isNews) setting.onNotices?.([lost(builder, error, [...living.keys()])]);
      await doAll(share);
    }
  };
  const doAll = async (all: readonly PlannedUnit[]): Promise<void> => {
    const shares = shareOut(setting.plan, all, [...living.keys()]);
    const doing = [...shares].map(async ([name, share]) => {
      const builder = living.get(name);
      if (builder === undefined) throw new Error(`no builder ${name}`);
      await doShare(builder, share).catch((error) => {
        stopped ??= { error };
        stop.abort();
      });
    });
    await Promise.all(doing);
  };
  await doAll(units);
  if (stopped !== undefined) throw (stopped as { readonly error: unknown }).error;
  if (parts.length === 0 && errors[0] !== undefined) {
    throw new PkgrError(
      errors.flatMap(({ diagnostics }) => diagnostics),
      errors[0].exitCode,
    );
  }
  return { parts, failed };
}

/** Whether it was the engine that failed, and not what it was given. */
function isLost({ exitCode, diagnostics }: PkgrError): boolean {
  return exitCode === ExitCode.tryAgain && diagnostics.at(-1)?.code === 'engine-unreachable';
}

function settingOf(
  setting: SolveSetting,
  builder: Builder,
  signal: AbortSignal,
  progress: { show(progress: Progress): void },
): SolveSetting {
  const { debug, onProgress } = setting;
  return {
    ...setting,
    builder,
    signal,
    ...(onProgress && { onProgress: (state: Progress) => progress.show(state) }),
    ...(debug && { debug: (line: string) => debug(`[${builder.name}] ${line}`) }),
  };
}

/** Says of which builder the failure is that stops a share. */
function naming(error: PkgrError, { name }: Builder): PkgrError {
  const diagnostics = error.diagnostics.map((each, index): Diagnostic => {
    const isLast = index === error.diagnostics.length - 1;
    return isLast ? { ...each, message: `builder ${name}: ${each.message}` } : each;
  });
  return new PkgrError(diagnostics, error.exitCode);
}

function lost(
  { name, isContext }: Builder,
  error: PkgrError,
  others: readonly string[],
): Diagnostic {
  const why = error.diagnostics.at(-1);
  return {
    code: 'builder-lost',
    severity: 'warning',
    message: `the builder ${name} is lost, and ${others.join(', ')} takes its share: ${why?.message ?? ''}`,
    hint: `see whether it runs: docker ${isContext ? `--context ${name} info` : `buildx inspect ${name}`}`,
    ...(why?.details && { details: why.details }),
  };
}

/** What all shares have come to, as the progress of one solve. */
function mergedProgress(onProgress: SolveSetting['onProgress']) {
  const latest = new Map<object, Progress>();
  return {
    of() {
      const share = {};
      return {
        show(progress: Progress) {
          latest.set(share, progress);
          onProgress?.(mergeProgress([...latest.values()]));
        },
        drop() {
          latest.set(share, noProgress);
        },
      };
    },
  };
}
