import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashZip, placeZip } from '../artifacts/index.js';
import {
  type Diagnostic,
  ExitCode,
  hasErrors,
  PkgrError,
  pkgrWords,
} from '../diagnostics/index.js';
import { type HostResult, packOnHost, refuseWhatNeedsDocker } from '../host/index.js';
import type { PlannedUnit } from '../plan/index.js';
import { type BuildActivity, hostActivity } from './activity.js';
import type { EngineBuild, EngineResult } from './build-result.js';
import type { OpenProject } from './open.js';
import { programsFolder } from './programs.js';
import { conflictDiagnostic } from './requirement-conflict.js';
import { findTrustRoot, type SecretOptions } from './secrets.js';

export interface HostOptions extends SecretOptions {
  readonly noCache: boolean;
  /** Absolute path of a folder that the zips are put into, as they would be into the project's. */
  readonly into?: string;
  readonly signal?: AbortSignal;
  onActivity?(activity: BuildActivity): void;
  /** Told every line that pip prints. */
  debug?(line: string): void;
  /** See BuildOptions. */
  onNotices?(notices: readonly Diagnostic[]): void;
}

/**
 * Packs units without Docker.
 * @param secretValues values of secret variables, by name
 * @throws PkgrError when one of them needs an image, or the build is interrupted.
 */
export async function buildOnHost(
  { project, plan }: OpenProject,
  units: readonly PlannedUnit[],
  options: HostOptions,
  secretValues: ReadonlyMap<string, string>,
): Promise<EngineBuild> {
  const { into = project.root } = options;
  const words = wordsFor(project);
  const told = refuseWhatNeedsDocker(plan, units, options.environment.PATH, words);
  if (hasErrors(told)) throw new PkgrError(told);
  options.onNotices?.(told);
  const work = await mkdtemp(join(tmpdir(), 'pkgr-'));
  const activity = hostActivity();
  const trustRoot = findTrustRoot(options.environment);
  try {
    const packing = packOnHost(plan, units, {
      root: project.root,
      programs: programsFolder,
      work,
      environment: { ...options.environment },
      secretValues,
      noCache: options.noCache,
      words,
      ...(trustRoot !== undefined && { trustRoot }),
      ...(options.netrc !== undefined && { netrc: options.netrc }),
      ...(options.signal && { signal: options.signal }),
      onEvent(event) {
        options.onActivity?.(activity(event));
        if (event.kind === 'notice') options.onNotices?.([event.diagnostic]);
        if (event.kind === 'log') options.debug?.(`[${event.set.id}] ${event.line}`);
      },
    });
    const results = new Map<PlannedUnit, EngineResult>();
    const conflicts = new Map<Diagnostic, Diagnostic | undefined>();
    for await (const result of packing) {
      const told = withConflict(result, { project, plan }, conflicts);
      results.set(result.unit, await placed(told, join(into, result.unit.zip)));
    }
    return { results: units.flatMap((unit) => results.get(unit) ?? []) };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What has chosen to go without Docker, the manifest or the command line, can choose Docker. */
function wordsFor({ preferences, words = pkgrWords }: OpenProject['project']) {
  const { withDocker } = preferences.engine === 'host' ? words : pkgrWords;
  return { ...words, withDocker };
}

/** Says which requirements do not go together where that is why pip has failed. */
function withConflict(
  result: HostResult,
  open: Pick<OpenProject, 'project' | 'plan'>,
  known: Map<Diagnostic, Diagnostic | undefined>,
): HostResult {
  if (result.kind !== 'failed' || result.diagnostic.code !== 'install-failed') return result;
  const { diagnostic, unit } = result;
  // Units that share an install share what is told of it.
  if (!known.has(diagnostic)) {
    known.set(diagnostic, conflictDiagnostic(open, unit.name, diagnostic.details ?? []));
  }
  const conflict = known.get(diagnostic);
  return conflict === undefined ? result : { ...result, diagnostic: conflict };
}

/** Puts a packed zip in its place, unless the same bytes are there already. */
async function placed(result: HostResult, path: string): Promise<EngineResult> {
  const { unit } = result;
  const exitCode = ExitCode.buildFailed;
  if (result.kind === 'failed') {
    return { kind: 'failed', unit, diagnostic: result.diagnostic, exitCode };
  }
  const { digest, packages, seconds, file } = result;
  const replaced = (await hashZip(path))?.sha256;
  const told = {
    unit,
    digest,
    ...(packages && { packages }),
    ...(replaced !== undefined && { replaced }),
    seconds,
  };
  if (replaced === digest.sha256) {
    return { kind: 'unchanged', ...told };
  }
  const { name, zip: shown, at } = unit;
  const diagnostic = await placeZip(file, { name, path, shown, digest, at });
  if (diagnostic !== undefined) return { kind: 'failed', unit, diagnostic, exitCode };
  return { kind: 'built', ...told };
}
