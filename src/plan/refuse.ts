import { type Diagnostic, PkgrError } from '../diagnostics/index.js';
import type { Project } from '../project/index.js';
import type { IgnoreRules } from './ignore.js';
import type { PlannedUnit } from './plan.js';

/** @throws PkgrError when an include can never reach the engine. */
export function refuseIgnoredIncludes(project: Project, ignore: IgnoreRules): void {
  const diagnostics = project.units.flatMap((unit) =>
    unit.include
      .filter((include) => ignore.ignores(include))
      .map(
        (include): Diagnostic => ({
          code: 'ignored-include',
          severity: 'error',
          message: `${unit.name} includes ${include.from}, which .dockerignore, exclude, pipconf or the output folder leaves out`,
          at: include.at,
          hint: 'drop the pattern that matches it, or the include',
        }),
      ),
  );
  if (diagnostics.length > 0) throw new PkgrError(diagnostics);
}

/** @throws PkgrError when nothing is left of a unit. */
export function refuseEmptyUnits(units: readonly PlannedUnit[]): void {
  const empty = units.filter(({ code, dependencies, libraries }) => {
    return code.length === 0 && dependencies === undefined && libraries === undefined;
  });
  const diagnostics = empty.map(
    ({ name, at }): Diagnostic => ({
      code: 'ignored-include',
      severity: 'error',
      message: `${name} has nothing to pack: its exclude leaves out all that it includes`,
      at,
      hint: 'drop the pattern that matches it, or the unit',
    }),
  );
  if (diagnostics.length > 0) throw new PkgrError(diagnostics);
}
