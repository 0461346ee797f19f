import type { Unit } from '../project/index.js';
import type { PlannedInstaller } from './plan.js';
import { createSharedSets } from './sets.js';
import type { StageNames } from './stage-names.js';

/** Hands out uv to units that it may install for. */
export interface Installers {
  /** The id of what is tried before pip; undefined where pip has to install. */
  use(unit: Unit, on: string): string | undefined;
  list(): readonly PlannedInstaller[];
}

export function createInstallers(names: StageNames): Installers {
  const installers = createSharedSets<PlannedInstaller>();
  return {
    use: (unit, on) => {
      if (!mayUseUv(unit)) return undefined;
      return installers.use(on, unit.name, (units) => ({ id: names.take(`${on}-uv`), on, units }));
    },
    list: installers.list,
  };
}

/** Runtimes whose Python uv does not take, or that only the image knows. */
const withoutUv: readonly Unit['runtime'][] = ['any', 'python3.6', 'python3.7'];

/**
 * Whether uv and pip may mean the same thing by what the unit installs. templates/plain_requirements.py
 * and uv_choice.py look at what is known only when it is built: lines of requirements, and the image.
 */
function mayUseUv(unit: Unit): boolean {
  if (unit.installer !== 'uv' || withoutUv.includes(unit.runtime)) return false;
  if (unit.pipconf !== undefined || unit.secretEnvironment.length > 0) return false;
  if (unit.installsSeparately || unit.requirements.usesSsh) return false;
  if (Object.keys(unit.buildEnvironment).some((name) => /^PIP_/i.test(name))) return false;
  // A wheel, an sdist or a folder of the project.
  return unit.requirements.inputs.every(({ kind, path }) => {
    return kind === 'file' && !/\.(whl|zip|tar|tgz|tbz2?|txz|t?lzma|gz|bz2|xz)$/i.test(path);
  });
}
