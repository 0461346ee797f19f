import type { UnitInputs } from '../artifacts/index.js';
import { recordInputs } from '../inputs/index.js';
import type { PlannedUnit } from '../plan/index.js';
import type { OpenProject } from './open.js';
import { hashPrograms, pkgrVersion } from './programs.js';

/** What the units are made of now, by name; see recordInputs. */
export async function inputsOf(
  { plan, project }: OpenProject,
  units: readonly PlannedUnit[],
  engine: UnitInputs['engine'],
): Promise<ReadonlyMap<string, UnitInputs>> {
  const [programs, pkgr] = await Promise.all([hashPrograms(), pkgrVersion()]);
  return recordInputs(plan, units, project.root, { pkgr, programs, engine });
}
