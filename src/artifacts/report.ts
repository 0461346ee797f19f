import { stat } from 'node:fs/promises';
import type { Digest } from './digest.js';
import type { CarriedFile } from './findings.js';
import type { UnitInputs } from './inputs.js';
import type { ResolvedPackage } from './resolved.js';
import type { ArtifactsFile } from './schema.js';

/** What artifacts.json says of a unit; schema.ts tells what the fields are. */
export type Artifact = Readonly<
  Omit<ArtifactsFile['units'][number], 'dependencies' | 'libraries' | 'inputs'>
> & {
  /** What pip has installed for it; absent without requirements, or when an old pkgr wrote it. */
  readonly packages?: readonly ResolvedPackage[];
  /** Files of the image that are carried; absent when there are none. */
  readonly libraries?: readonly CarriedFile[];
  /** What it was made of; absent when that could not be read. */
  readonly inputs?: UnitInputs;
};

/** artifacts.json: every unit whose zip is there, by name. */
export interface ArtifactsReport {
  readonly version: 1;
  readonly units: readonly Artifact[];
}

/** What identifies a unit and its zip. */
export type DeclaredUnit = Pick<Artifact, 'kind' | 'name' | 'path'>;

/** What of a unit is known without its zip. */
export type DescribedUnit = DeclaredUnit &
  Pick<
    Artifact,
    | 'handler'
    | 'runtime'
    | 'architecture'
    | 'layers'
    | 'base'
    | 'packages'
    | 'libraries'
    | 'findings'
    | 'inputs'
  >;

/** What is reported of a unit. */
export function artifactOf(unit: DescribedUnit, digest: Digest): Artifact {
  const { kind, name, path, ...more } = unit;
  const { size, sha256, unzippedSize } = digest;
  const sourceCodeHash = Buffer.from(sha256, 'hex').toString('base64');
  return { kind, name, path, size, sha256, sourceCodeHash, unzippedSize, ...more };
}

/** The report after a build: what was built now, and of the earlier ones those that still hold. */
export function mergeReport(
  built: readonly Artifact[],
  kept: readonly Artifact[],
): ArtifactsReport {
  const units = new Map([...kept, ...built].map((unit) => [unitKey(unit), unit]));
  return { version: 1, units: [...units.values()].sort(byName) };
}

/**
 * Earlier entries that still hold: of units that are declared as they were and whose zip is there
 * with its size.
 * @param locate The absolute path of a zip.
 */
export async function stillThere(
  earlier: ArtifactsReport | undefined,
  declared: readonly DeclaredUnit[],
  locate: (path: string) => string,
): Promise<readonly Artifact[]> {
  const paths = new Map(declared.map((unit) => [unitKey(unit), unit.path]));
  const candidates = (earlier?.units ?? []).filter(
    (unit) => paths.get(unitKey(unit)) === unit.path,
  );
  const sizes = await Promise.all(candidates.map(({ path }) => fileSize(locate(path))));
  return candidates.filter(({ size }, index) => sizes[index] === size);
}

/** What a unit is known by: a function and a layer may have one name. */
export function unitKey({ kind, name }: DeclaredUnit): string {
  return `${kind} ${name}`;
}

/** By code units, so that no machine's language changes the order. */
function byName(one: Artifact, other: Artifact): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return one.kind < other.kind ? -1 : 1;
}

async function fileSize(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
}
