import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildResult, canDoWithout, type OpenProject, unfitUnits } from '../api/index.js';
import type { Diagnostic } from '../diagnostics/index.js';

/** Whether functions that could not be built are left out, and nothing more, as the manifest wishes. */
export function leavesOut({ project }: OpenProject, result: BuildResult): boolean {
  return project.preferences.abortsOnFailure === false && canDoWithout(unfitUnits(result), result);
}

/** Which ones; a zip that an earlier build has made of one is not touched, and may be deployed. */
export function leftOut({ project }: OpenProject, { units }: BuildResult): readonly Diagnostic[] {
  return units.flatMap(({ kind, unit }): readonly Diagnostic[] => {
    if (kind !== 'failed') return [];
    const { name, zip, at } = unit;
    const isThere = existsSync(join(project.root, zip));
    return [
      {
        code: 'left-out',
        severity: 'warning',
        message: `${name} is left out, because it could not be packaged`,
        at,
        ...(isThere && {
          hint: `${zip} is of an earlier build: remove it if it is not to be used`,
        }),
      },
    ];
  });
}
