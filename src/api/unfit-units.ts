import { type Diagnostic, formatDiagnostic } from '../diagnostics/index.js';
import type { BuildResult, UnitResult } from './build-result.js';

/** A unit without a zip that could be deployed, and why. */
export interface UnfitUnit {
  readonly unit: UnitResult['unit'];
  readonly errors: readonly Diagnostic[];
}

/** Those that could not be built, and those in whose zips the audit has found an error. */
export function unfitUnits({ units, audit }: BuildResult): readonly UnfitUnit[] {
  return units.flatMap((result): readonly UnfitUnit[] => {
    const { unit } = result;
    if (result.kind === 'failed') return [{ unit, errors: [result.diagnostic] }];
    const errors = (audit.get(unit) ?? []).filter(({ severity }) => severity === 'error');
    return errors.length > 0 ? [{ unit, errors }] : [];
  });
}

/** Each reason once, however many units share it. */
export function reasonsOf(unfit: readonly UnfitUnit[]): readonly Diagnostic[] {
  const byText = new Map<string, Diagnostic>();
  for (const error of unfit.flatMap(({ errors }) => errors)) {
    byText.set(formatDiagnostic(error), error);
  }
  return [...byText.values()];
}

/**
 * Whether a service is of use without some of its units. It is not without a layer, because functions
 * that use it would be deployed and could not be imported; nor if all its functions fail for one
 * reason, such as an image that is not to be had, because a deployment would remove them all.
 */
export function canDoWithout(unfit: readonly UnfitUnit[], { units }: BuildResult): boolean {
  if (unfit.some(({ unit }) => unit.kind === 'layer')) return false;
  const isAll = unfit.length > 1 && unfit.length === units.length;
  return !isAll || reasonsOf(unfit).length > 1;
}
