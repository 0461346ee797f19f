import { nearest, PkgrError } from '../diagnostics/index.js';
import type { BuildPlan, PlannedUnit } from '../plan/index.js';
import { selectUnits } from './open.js';

/**
 * The units that a build is asked for: those that are named, or all; with part of a function's name
 * the functions that have it in theirs, and every layer, as `juni build -f` builds them. Layers that
 * have not changed cost nothing.
 * @throws PkgrError for a name that no unit has, and for a part that no function's name has.
 */
export function unitsToBuild(
  plan: BuildPlan,
  names: readonly string[],
  functionName?: string,
): readonly PlannedUnit[] {
  if (functionName === undefined) return selectUnits(plan, names);
  const part = functionName.toLowerCase();
  const functions = plan.units.filter(({ kind }) => kind === 'function');
  const matching = functions.filter(({ name }) => name.toLowerCase().includes(part));
  if (matching.length === 0) throw noFunction(plan, functionName, functions);
  const named = new Set(names.length === 0 ? [] : selectUnits(plan, names));
  return plan.units.filter(
    (unit) => unit.kind === 'layer' || matching.includes(unit) || named.has(unit),
  );
}

function noFunction(
  { manifest }: BuildPlan,
  part: string,
  functions: readonly PlannedUnit[],
): PkgrError {
  const names = functions.map(({ name }) => name);
  const near = nearest(part, names);
  const some = `${names.slice(0, 10).join(', ')}${names.length > 10 ? ', ...' : ''}`;
  const declared = names.length === 0 ? 'it declares no functions' : `its functions are ${some}`;
  return new PkgrError([
    {
      code: 'unknown-unit',
      severity: 'error',
      message: `no function of ${manifest} has ${JSON.stringify(part)} in its name`,
      hint: near === undefined ? declared : `did you mean ${near}?`,
    },
  ]);
}
