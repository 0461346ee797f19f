import { join } from 'node:path';
import {
  type Artifact,
  type Change,
  hashZips,
  type Outcome,
  readOutcomes,
  readReport,
  type UnitInputs,
} from '../artifacts/index.js';
import { changesBetween } from '../inputs/index.js';
import type { PlannedUnit } from '../plan/index.js';
import {
  type ImageIdentity,
  type ImageSources,
  lookAtImages,
  recordBase,
  withIdentity,
} from './base-images.js';
import { type OpenProject, selectUnits } from './open.js';
import { zipChange } from './reasons.js';
import { hashesPath, outcomesPath } from './remembered.js';
import { reportPath } from './report-build.js';
import { inputsOf } from './unit-inputs.js';

/** What is known of a unit's last build, and what the next one would find. */
export interface Explanation {
  readonly unit: PlannedUnit;
  /** How its last build went, and why; absent when this user's cache tells of none. */
  readonly last?: Outcome;
  /** What has changed since it was built; absent when nothing is recorded to compare with. */
  readonly since?: readonly Change[];
}

/**
 * Tells why units were built or not, and what has changed since, without building anything. It looks
 * at the project and at the images that the engine has; not at registries and package indexes.
 * @throws PkgrError for a name that the manifest does not declare
 */
export async function explain(
  open: OpenProject,
  names: readonly string[],
  sources: ImageSources,
): Promise<readonly Explanation[]> {
  const { project, plan } = open;
  const units = selectUnits(plan, names);
  const locate = ({ zip }: PlannedUnit) => join(project.root, zip);
  const [report, outcomes, zips, images] = await Promise.all([
    readReport(join(project.root, reportPath(open))),
    readOutcomes(outcomesPath(project, sources.environment)),
    hashZips(units.map(locate), hashesPath(project, sources.environment)),
    lookAtImages(plan, units, sources).then((identify) => identify()),
  ]);
  const recorded = new Map(
    units.map((unit) => [unit, report?.units.find((artifact) => isOf(artifact, unit))]),
  );
  const inputs = new Map<UnitInputs['engine'], ReadonlyMap<string, UnitInputs>>();
  for (const engine of ['docker', 'host'] as const) {
    const own = units.filter((unit) => recorded.get(unit)?.inputs?.engine === engine);
    inputs.set(engine, own.length === 0 ? new Map() : await inputsOf(open, own, engine));
  }
  return units.map((unit): Explanation => {
    const before = recorded.get(unit);
    const last = outcomes.find((outcome) => isOf(outcome, unit));
    const told = { unit, ...(last && { last }) };
    const now = before?.inputs && inputs.get(before.inputs.engine)?.get(unit.name);
    if (before === undefined || now === undefined) return told;
    const zip = zipChange(before, zips.get(locate(unit))?.sha256);
    const state = { ...before, ...asItIs(open, unit, before, now, images) };
    return { ...told, since: [...zip, ...changesBetween(before, state)] };
  });
}

/** What a build would record of the unit now, as far as can be known before. */
function asItIs(
  { plan }: OpenProject,
  unit: PlannedUnit,
  before: Artifact,
  now: UnitInputs,
  images: ReadonlyMap<string, ImageIdentity>,
): Partial<Artifact> {
  const base = before.base && plan.bases.find(({ id }) => id === unit.base);
  return {
    inputs: withIdentity(now, images),
    ...(base && { base: recordBase(base, images) }),
  };
}

function isOf(told: Pick<Artifact, 'kind' | 'name'>, { kind, name }: PlannedUnit): boolean {
  return told.kind === kind && told.name === name;
}
