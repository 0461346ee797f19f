import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashZip, placeZip } from '../artifacts/index.js';
import { type Diagnostic, ExitCode, hasErrors, PkgrError } from '../diagnostics/index.js';
import { type HostResult, packOnHost, refuseWhatNeedsDocker } from '../host/index.js';
import type { PlannedUnit } from '../plan/index.js';
import { type BuildActivity, hostActivity } from './activity.js';
import type { EngineBuild, EngineResult } from './build-result.js';
import type { OpenProject } from './open.js';
import { programsFolder } from './programs.js';
import { findTrustRoot, type SecretOptions } from './secrets.js';

export interface HostOptions extends SecretOptions {
  readonly noCache: boolean;
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
  const told = refuseWhatNeedsDocker(plan, units, options.environment.PATH);
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
    for await (const result of packing) {
      results.set(result.unit, await placed(result, join(project.root, result.unit.zip)));
    }
    return { results: units.flatMap((unit) => results.get(unit) ?? []) };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
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
