import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExpectedZip, hashZips, receiveDigests, receiveZips } from '../artifacts/index.js';
import { ExitCode } from '../diagnostics/index.js';
import type { Progress } from '../engine/index.js';
import { derivedStages, type PlannedUnit } from '../plan/index.js';
import { type BuildActivity, dockerActivity } from './activity.js';
import type { UnitResult } from './build-result.js';
import type { OpenProject } from './open.js';
import { copyPrograms } from './programs.js';
import { type SecretOptions, secretFiles } from './secrets.js';
import { type FailedUnit, type SolveSetting, solveUnits } from './solve-units.js';

export interface DockerOptions extends SecretOptions {
  /** Images or folders by the names under which the plan uses them, as `--build-context` takes them. */
  readonly namedContexts: Readonly<Record<string, string>>;
  readonly noCache: boolean;
  /** A builder of docker buildx other than the one that is chosen. */
  readonly builder?: string;
  readonly signal?: AbortSignal;
  onActivity?(activity: BuildActivity): void;
  /** Told every line of every step, and where the Dockerfile is, which is kept then. */
  debug?(line: string): void;
}

/**
 * Solves for the digests of all zips, compares them with what is on disk, and fetches only the
 * zips that differ.
 */
export async function buildWithDocker(
  open: OpenProject,
  units: readonly PlannedUnit[],
  options: DockerOptions,
): Promise<readonly UnitResult[]> {
  const { project, plan } = open;
  const locate = (unit: PlannedUnit) => join(project.root, unit.zip);
  const workspace = await mkdtemp(join(tmpdir(), 'pkgr-'));
  try {
    await copyPrograms(workspace);
    const activity = dockerActivity(plan);
    const setting: SolveSetting = {
      ...options,
      plan,
      project,
      programs: workspace,
      onProgress: (progress) => options.onActivity?.(activity(progress)),
      secrets: [...secretFiles(plan, project.root, options)].map(([id, file]) => ({ id, file })),
    };
    // Hashing what is there takes place while the engine works.
    const hashes = hashZips(units.map(locate));
    const digests = await solveUnits(setting, units, 'digests', options.noCache, (tar, asked) =>
      receiveDigests(tar, namesOf(asked)),
    );
    const onDisk = await hashes;
    const expected = units.flatMap((unit): ExpectedZip[] => {
      const digest = digests.value?.get(unit.name);
      const path = locate(unit);
      if (digest === undefined || onDisk.get(path)?.sha256 === digest.sha256) return [];
      return [{ name: unit.name, path, shown: unit.zip, digest, at: unit.at }];
    });
    const changedNames = new Set(expected.map(({ name }) => name));
    const changed = units.filter(({ name }) => changedNames.has(name));
    const zips = await solveUnits(setting, changed, 'zips', false, (tar) =>
      receiveZips(tar, expected),
    );
    const failed = new Map<string, Failure>([
      ...[...digests.failed, ...zips.failed].map((each) => [each.unit.name, each] as const),
      ...[...(zips.value?.failed ?? [])].map(
        ([name, diagnostic]) => [name, { diagnostic, exitCode: ExitCode.buildFailed }] as const,
      ),
    ]);
    const seconds = unitSeconds(digests.progress);
    return units.map((unit): UnitResult => {
      const failure = failed.get(unit.name);
      if (failure !== undefined) {
        return { kind: 'failed', unit, diagnostic: failure.diagnostic, exitCode: failure.exitCode };
      }
      const digest = digests.value?.get(unit.name);
      if (digest === undefined) throw new Error(`the engine gave no digest of ${unit.name}`);
      const kind = changedNames.has(unit.name) ? 'built' : 'unchanged';
      return { kind, unit, digest, seconds: seconds(unit) };
    });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

type Failure = Pick<FailedUnit, 'diagnostic' | 'exitCode'>;

function namesOf(units: readonly PlannedUnit[]): readonly string[] {
  return units.map(({ name }) => name);
}

/** Seconds of the steps that ran for a unit alone; what it shares with others is nobody's. */
function unitSeconds(progress: Progress | undefined): (unit: PlannedUnit) => number {
  const milliseconds = new Map<string, number>();
  for (const { stage, cached, started, completed } of progress?.steps.values() ?? []) {
    if (stage === undefined || cached || started === undefined || completed === undefined) continue;
    milliseconds.set(stage, (milliseconds.get(stage) ?? 0) + completed - started);
  }
  return ({ target }) => {
    const stages = [target, ...Object.values(derivedStages).map((suffix) => target + suffix)];
    return stages.reduce((sum, stage) => sum + (milliseconds.get(stage) ?? 0), 0) / 1000;
  };
}
