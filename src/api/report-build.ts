import { join, posix } from 'node:path';
import {
  type Artifact,
  type ArtifactsReport,
  artifactOf,
  type Change,
  type DeclaredUnit,
  mergeReport,
  type RecordedFinding,
  stillThere,
  type UnitInputs,
  unitKey,
  writeOutcomes,
  writeReport,
} from '../artifacts/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import { changesBetween } from '../inputs/index.js';
import type { PlannedUnit } from '../plan/index.js';
import { type ImageIdentity, recordBase, withIdentity } from './base-images.js';
import type { BuildResult, EngineResult, FinishedUnit, UnitResult } from './build-result.js';
import type { OpenProject } from './open.js';
import { reasonsFor } from './reasons.js';
import { outcomesPath } from './remembered.js';

/** What is known of a build besides its zips. */
export interface BuildFacts {
  readonly inputs: ReadonlyMap<string, UnitInputs>;
  /** Which images were behind the names that the plan has; absent without Docker. */
  readonly images?: ReadonlyMap<string, ImageIdentity>;
  readonly audit: BuildResult['audit'];
  /** Units that are gone and whose zips are left on purpose: they stay on record, to be cleaned later. */
  readonly left?: readonly DeclaredUnit[];
}

/**
 * Writes artifacts.json: what was built now, and what earlier builds left that still holds. Compared
 * with the earlier one, which was there, it tells why each unit was built.
 * @returns the results with the changes behind them, and the path of artifacts.json below the project
 */
export async function reportBuild(
  open: OpenProject,
  results: readonly EngineResult[],
  facts: BuildFacts,
  earlier: ArtifactsReport | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly units: readonly UnitResult[]; readonly report: string }> {
  const { project, plan } = open;
  const report = reportPath(open);
  const path = join(project.root, report);
  const before = new Map(earlier?.units.map((artifact) => [unitKey(artifact), artifact]));
  const built: Artifact[] = [];
  const units = results.map((result): UnitResult => {
    if (result.kind === 'failed') return result;
    const artifact = describe(open, result, facts);
    built.push(artifact);
    return { ...result, changes: changesOf(result, before.get(unitKey(artifact)), artifact) };
  });
  const all = plan.units.map(declared);
  const onRecord = [...all, ...(facts.left ?? [])];
  const kept = await stillThere(earlier, onRecord, (zip) => join(project.root, zip));
  await writeReport(path, mergeReport(built, kept));
  const outcomes = units.map((unit) => ({
    unit: declared(unit.unit),
    result: unit.kind,
    changes: unit.kind === 'failed' ? [] : unit.changes,
  }));
  // Where nothing can be kept, pkgr explain has less to tell; the build is none the worse.
  await writeOutcomes(outcomesPath(project, environment), outcomes, all).catch(() => {});
  return { units, report };
}

/** Path of artifacts.json below the project. */
export function reportPath({ project }: OpenProject): string {
  return posix.join(project.output, 'artifacts.json');
}

export function declared({ kind, name, zip }: PlannedUnit): DeclaredUnit {
  return { kind, name, path: zip };
}

/** What is recorded of a unit besides what its zip says itself. */
function describe({ plan }: OpenProject, result: FinishedUnit, facts: BuildFacts): Artifact {
  const { unit, packages, digest } = result;
  const { handler, runtime, architecture, layers } = unit;
  const { images } = facts;
  const base = images && plan.bases.find(({ id }) => id === unit.base);
  const inputs = facts.inputs.get(unit.name);
  const findings = facts.audit.get(unit) ?? [];
  const libraries = digest.findings?.carried ?? [];
  const described = {
    ...declared(unit),
    ...(handler !== undefined && { handler }),
    runtime,
    architecture,
    ...(layers.length > 0 && { layers: [...layers] }),
    ...(base && { base: recordBase(base, images) }),
    ...(packages && { packages }),
    ...(libraries.length > 0 && { libraries }),
    ...(findings.length > 0 && { findings: findings.map(recordFinding) }),
    ...(inputs && { inputs: withIdentity(inputs, images ?? new Map()) }),
  };
  return artifactOf(described, digest);
}

/** Why it was built; of an unchanged unit, what has changed without a trace in its zip. */
function changesOf(
  { kind, replaced }: FinishedUnit,
  before: Artifact | undefined,
  now: Artifact,
): readonly Change[] {
  if (kind === 'built') return reasonsFor(before, now, replaced);
  return before === undefined ? [] : changesBetween(before, now);
}

/** A place in the manifest is not recorded: it moves with every line above it. */
function recordFinding({ code, severity, message, details }: Diagnostic): RecordedFinding {
  return { code, severity, message, ...(details && { details }) };
}
