import type { Location } from '../diagnostics/index.js';
import { ownWords, type SolveFailure } from '../engine/index.js';
import type { Project, Unit } from '../project/index.js';

/**
 * The place of the very value that a failed step blames, such as one of many OS packages;
 * undefined when it blames none, or none that the manifest has.
 * @param names of the units that the step is for
 */
export function placeOfWords(
  failure: SolveFailure,
  { units }: Project,
  names: ReadonlySet<string>,
): Location | undefined {
  if (failure.kind !== 'step-failed') return undefined;
  const concerned = units.filter(({ name }) => names.has(name));
  for (const { subject, value } of ownWords(failure.log)) {
    if (value === undefined) continue;
    for (const unit of concerned) {
      const at = placeIn(unit, subject, value);
      if (at !== undefined) return at;
    }
  }
  return undefined;
}

function placeIn(unit: Unit, subject: string, value: string): Location | undefined {
  if (subject === 'packages') return unit.packages.places?.[value];
  if (subject !== 'libs' && subject !== 'bins') return undefined;
  return unit[subject].find((item) => item.value === value)?.at;
}
