import { join } from 'node:path';
import {
  type Digest,
  type ExpectedZip,
  hashZips,
  type ResolvedPackage,
  receiveDigests,
  receiveZips,
} from '../artifacts/index.js';
import { type Diagnostic, ExitCode } from '../diagnostics/index.js';
import type { Progress } from '../engine/index.js';
import { type PlannedUnit, zipInOutput } from '../plan/index.js';
import { type SolveSetting, solveUnits } from './solve-units.js';

/** What has become of one unit's zip. */
export type FetchResult =
  | {
      readonly kind: 'built' | 'unchanged';
      readonly digest: Digest;
      /** What pip has installed for it; absent when it has no requirements. */
      readonly packages?: readonly ResolvedPackage[];
      /** The sha256 of the zip that was there before; absent when there was none. */
      readonly replaced?: string;
    }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic; readonly exitCode: ExitCode };

export interface Fetched {
  /** By the units' names. */
  readonly results: ReadonlyMap<string, FetchResult>;
  /** Of the solve in which the work is done. */
  readonly progress: Progress | undefined;
}

/**
 * Solves for the digests of all zips, compares them with what is on disk, and fetches only the
 * zips that differ.
 * @throws PkgrError when the failure concerns every unit.
 */
export async function fetchChanged(
  setting: SolveSetting,
  units: readonly PlannedUnit[],
  noCache: boolean,
): Promise<Fetched> {
  const locate = ({ zip }: PlannedUnit) => join(setting.project.root, zip);
  // Hashing what is there takes place while the engine works.
  const hashes = hashZips(units.map(locate));
  const digests = await solveUnits(setting, units, 'digests', noCache, (tar, asked) =>
    receiveDigests(
      tar,
      asked.map(({ name }) => name),
      [...new Set(asked.flatMap(({ dependencies }) => dependencies ?? []))],
    ),
  );
  const onDisk = await hashes;
  const results = new Map<string, FetchResult>();
  const expected = units.flatMap((unit): ExpectedZip[] => {
    const digest = digests.value?.digests.get(unit.name);
    if (digest === undefined) return [];
    const packages = digests.value?.packages.get(unit.dependencies ?? '');
    const path = locate(unit);
    const replaced = onDisk.get(path)?.sha256;
    const isThere = replaced === digest.sha256;
    results.set(unit.name, {
      kind: isThere ? 'unchanged' : 'built',
      digest,
      ...(packages && { packages }),
      ...(replaced !== undefined && { replaced }),
    });
    const { name, zip: shown, at } = unit;
    const entry = zipInOutput(unit, setting.plan.output);
    return isThere ? [] : [{ name, entry, path, shown, digest, at }];
  });
  const changed = units.filter(({ name }) => results.get(name)?.kind === 'built');
  const zips = await solveUnits(setting, changed, 'zips', false, (tar, asked) => {
    const names = new Set(asked.map(({ name }) => name));
    return receiveZips(
      tar,
      expected.filter(({ name }) => names.has(name)),
    );
  });
  for (const [name, diagnostic] of zips.value?.failed ?? []) {
    results.set(name, { kind: 'failed', diagnostic, exitCode: ExitCode.buildFailed });
  }
  for (const { unit, diagnostic, exitCode } of [...digests.failed, ...zips.failed]) {
    results.set(unit.name, { kind: 'failed', diagnostic, exitCode });
  }
  return { results, progress: digests.progress };
}
