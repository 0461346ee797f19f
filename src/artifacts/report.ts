import { readFile, stat } from 'node:fs/promises';
import { writeAtomically } from './atomic-file.js';
import { type Digest, isCount, isSha256 } from './digest.js';

/** What artifacts.json says of a unit. `path` is the zip's, below the project, with slashes. */
export interface Artifact {
  readonly kind: 'function' | 'layer';
  readonly name: string;
  readonly path: string;
  /** Bytes of the zip. */
  readonly size: number;
  /** Of the zip, in lower-case hexadecimal. */
  readonly sha256: string;
  /** The same in base64, as Lambda's CodeSha256 and Terraform's source_code_hash have it. */
  readonly sourceCodeHash: string;
  /** Bytes of all entries when unpacked. */
  readonly unzippedSize: number;
}

/** artifacts.json: every unit whose zip is there, by name. */
export interface ArtifactsReport {
  readonly version: 1;
  readonly units: readonly Artifact[];
}

/** What identifies a unit and its zip. */
export type DeclaredUnit = Pick<Artifact, 'kind' | 'name' | 'path'>;

/** What is reported of a unit. */
export function artifactOf({ kind, name, path }: DeclaredUnit, digest: Digest): Artifact {
  const { size, sha256, unzippedSize } = digest;
  const sourceCodeHash = Buffer.from(sha256, 'hex').toString('base64');
  return { kind, name, path, size, sha256, sourceCodeHash, unzippedSize };
}

/** The report after a build: what was built now, and of the earlier ones those that still hold. */
export function mergeReport(
  built: readonly Artifact[],
  kept: readonly Artifact[],
): ArtifactsReport {
  const units = new Map([...kept, ...built].map((unit) => [key(unit), unit]));
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
  const paths = new Map(declared.map((unit) => [key(unit), unit.path]));
  const candidates = (earlier?.units ?? []).filter((unit) => paths.get(key(unit)) === unit.path);
  const sizes = await Promise.all(candidates.map(({ path }) => fileSize(locate(path))));
  return candidates.filter(({ size }, index) => sizes[index] === size);
}

/** The report as text, the same for the same units. */
export function printReport({ version, units }: ArtifactsReport): string {
  return `${JSON.stringify({ version, units }, undefined, 2)}\n`;
}

/** Writes it whole, and only when its bytes change. */
export async function writeReport(
  path: string,
  report: ArtifactsReport,
): Promise<'written' | 'unchanged'> {
  const text = printReport(report);
  if ((await readText(path)) === text) return 'unchanged';
  await writeAtomically(path, text);
  return 'written';
}

/** The report of an earlier build. One that is absent, broken or of another program is undefined. */
export async function readReport(path: string): Promise<ArtifactsReport | undefined> {
  const value = parse(await readText(path));
  if (!isRecord(value) || value.version !== 1 || !Array.isArray(value.units)) return undefined;
  const units: readonly unknown[] = value.units;
  return units.every(isArtifact) ? { version: 1, units } : undefined;
}

function isArtifact(value: unknown): value is Artifact {
  if (!isRecord(value)) return false;
  const { kind, name, path, size, sha256, sourceCodeHash, unzippedSize } = value;
  return (
    (kind === 'function' || kind === 'layer') &&
    [name, path, sourceCodeHash].every((text) => typeof text === 'string') &&
    isSha256(sha256) &&
    isCount(size) &&
    isCount(unzippedSize)
  );
}

function key({ kind, name }: DeclaredUnit): string {
  return `${kind} ${name}`;
}

/** By code units, so that no machine's language changes the order. */
function byName(one: Artifact, other: Artifact): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return one.kind < other.kind ? -1 : 1;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function fileSize(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
