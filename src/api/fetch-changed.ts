import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Digest,
  type ExpectedZip,
  hashZips,
  type ReceivedDigests,
  type ResolvedPackage,
  receiveDigests,
  receiveZips,
  type Verification,
  type ZipToCome,
} from '../artifacts/index.js';
import { type Diagnostic, ExitCode } from '../diagnostics/index.js';
import { DIGESTS, sentEntries } from '../dockerfile/index.js';
import { mergeProgress, type Progress } from '../engine/index.js';
import type { PlannedUnit } from '../plan/index.js';
import type { Unverified } from '../verify/index.js';
import { overBuilders } from './over-builders.js';
import { type Solved, type SolveSetting, solveUnits } from './solve-units.js';

/** What has become of one unit's zip. */
export type FetchResult =
  | {
      readonly kind: 'built' | 'unchanged';
      readonly digest: Digest;
      /** What pip has installed for it; absent when it has no requirements. */
      readonly packages?: readonly ResolvedPackage[];
      /** The sha256 of the zip that was there before; absent when there was none. */
      readonly replaced?: string;
      /** What came of its verification; absent when it was not asked for. */
      readonly verification?: Verification | Unverified;
    }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic; readonly exitCode: ExitCode };

export interface Fetched {
  /** By the units' names. */
  readonly results: ReadonlyMap<string, FetchResult>;
  /** Of the solve in which the work is done. */
  readonly progress: Progress | undefined;
}

/**
 * Solves for the digests of all zips and for what verifies them, compares them with what is on disk,
 * and fetches only the zips that differ; with several builders, each for its share. Zips that are not
 * on disk come with the digests.
 * @throws PkgrError when the failure concerns every unit.
 */
export async function fetchChanged(
  setting: SolveSetting,
  units: readonly PlannedUnit[],
  noCache: boolean,
  verified: readonly PlannedUnit[],
): Promise<Fetched> {
  // Hashing what is there takes place while the engine works, and once: a share that another builder
  // takes over is compared with what was there before, not with what a dead one has brought.
  const hashes = hashZips(
    units.map((unit) => zipPath(setting, unit)),
    setting.hashes,
  );
  const absent = new Set(units.filter((unit) => !existsSync(zipPath(setting, unit))));
  const { parts, failed } = await overBuilders(setting, units, verified, (own, share, looked) =>
    fetchShare(own, share, noCache, looked, hashes, absent),
  );
  const results = new Map(parts.flatMap((part) => [...part.results]));
  for (const { unit, diagnostic, exitCode } of failed) {
    results.set(unit.name, { kind: 'failed', diagnostic, exitCode });
  }
  return { results, progress: mergeProgress(parts.flatMap(({ progress }) => progress ?? [])) };
}

async function fetchShare(
  setting: SolveSetting,
  units: readonly PlannedUnit[],
  noCache: boolean,
  verified: readonly PlannedUnit[],
  hashes: ReturnType<typeof hashZips>,
  absent: ReadonlySet<PlannedUnit>,
): Promise<Fetched> {
  // A cache that is written holds what the solve brings back, and zips would make it large.
  const isKept = setting.caches.to.length > 0;
  const atOnce: ReadonlySet<PlannedUnit> = isKept ? new Set() : absent;
  const digests = await solveShare(setting, units, noCache, verified, atOnce);
  const onDisk = await hashes;
  const results = new Map<string, FetchResult>();
  /** Digests of the zips that are to be fetched. */
  const expected = new Map<string, Digest>();
  for (const unit of units) {
    const digest = digests.value?.digests.get(unit.name);
    if (digest === undefined) continue;
    const packages = digests.value?.packages.get(unit.dependencies ?? '');
    const verification = verificationOf(digests, unit);
    const replaced = onDisk.get(zipPath(setting, unit))?.sha256;
    const isThere = replaced === digest.sha256;
    results.set(unit.name, {
      kind: isThere ? 'unchanged' : 'built',
      digest,
      ...(packages && { packages }),
      ...(replaced !== undefined && { replaced }),
      ...(verification && { verification }),
    });
    if (!isThere && !atOnce.has(unit)) expected.set(unit.name, digest);
  }
  const zips = await solveUnits(setting, {
    units: units.filter(({ name }) => expected.has(name)),
    wanted: 'zips',
    noCache: false,
    isPart: expected.size < units.length,
    receive: (tar, asked) =>
      receiveZips(
        tar,
        zipsToCome(setting, asked).flatMap((zip): readonly ExpectedZip[] => {
          const digest = expected.get(zip.name);
          return digest === undefined ? [] : [{ ...zip, digest }];
        }),
      ),
  });
  const unwritten = [...(digests.value?.unwritten ?? []), ...(zips.value?.failed ?? [])];
  for (const [name, diagnostic] of unwritten) {
    results.set(name, { kind: 'failed', diagnostic, exitCode: ExitCode.buildFailed });
  }
  for (const { unit, diagnostic, exitCode } of [...digests.failed, ...zips.failed]) {
    results.set(unit.name, { kind: 'failed', diagnostic, exitCode });
  }
  return { results, progress: digests.progress };
}

function zipPath({ into, project }: SolveSetting, { zip }: PlannedUnit): string {
  return join(into ?? project.root, zip);
}

/** The units' zips: how the engine sends them, and where they go. */
function zipsToCome(setting: SolveSetting, units: readonly PlannedUnit[]): readonly ZipToCome[] {
  const sent = sentEntries(setting.plan, units);
  return units.map((unit) => {
    const { name, zip: shown, at } = unit;
    return { name, ...sent.get(name), path: zipPath(setting, unit), shown, at };
  });
}

/** What the engine says of the units' zips, and of those that are verified. */
export async function solveDigests(
  setting: SolveSetting,
  units: readonly PlannedUnit[],
  noCache: boolean,
  verified: readonly PlannedUnit[],
): Promise<Solved<ReceivedDigests>> {
  const { parts, failed } = await overBuilders(setting, units, verified, (own, share, looked) =>
    solveShare(own, share, noCache, looked, new Set()),
  );
  const values = parts.flatMap(({ value }) => value ?? []);
  return {
    value: {
      digests: new Map(values.flatMap(({ digests }) => [...digests])),
      packages: new Map(values.flatMap(({ packages }) => [...packages])),
      verifications: new Map(values.flatMap(({ verifications }) => [...verifications])),
      unwritten: new Map(values.flatMap(({ unwritten }) => [...unwritten])),
    },
    failed: [...parts.flatMap((part) => part.failed), ...failed],
    unverified: parts.flatMap(({ unverified }) => unverified),
    progress: mergeProgress(parts.flatMap(({ progress }) => progress ?? [])),
  };
}

function solveShare(
  setting: SolveSetting,
  units: readonly PlannedUnit[],
  noCache: boolean,
  verified: readonly PlannedUnit[],
  withZips: ReadonlySet<PlannedUnit>,
): Promise<Solved<ReceivedDigests>> {
  const names = (list: readonly PlannedUnit[]) => list.map(({ name }) => name);
  return solveUnits(setting, {
    units,
    wanted: 'digests',
    withZips,
    verified,
    noCache,
    receive: (tar, asked, looked) =>
      receiveDigests(tar, {
        folder: DIGESTS,
        zips: zipsToCome(
          setting,
          asked.filter((unit) => withZips.has(unit)),
        ),
        units: names(asked),
        sets: [...new Set(asked.flatMap(({ dependencies }) => dependencies ?? []))],
        verified: names(looked),
      }),
  });
}

/** Undefined when the unit was not to be verified. */
export function verificationOf(
  { value, unverified }: Solved<ReceivedDigests>,
  { name }: PlannedUnit,
): Verification | Unverified | undefined {
  const found = value?.verifications.get(name);
  if (found !== undefined) return found;
  const why = unverified.find(({ unit }) => unit.name === name);
  return why && { kind: 'unverified', diagnostic: why.diagnostic, exitCode: why.exitCode };
}
