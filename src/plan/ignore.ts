import dockerignoreModule from '@balena/dockerignore';
import type { Project, Unit } from '../project/index.js';
import { escapePattern } from './exclude.js';

/** Where `pkgr gen` writes to; its programs are given to the engine but belong into no zip. */
const GENERATED = '.pkgr';

/** Never useful in a zip: pkgr's generated files, version control, and Python's caches. */
const defaults = [GENERATED, '**/.git', '**/__pycache__', '**/*.pyc'];

/** What keeps files from the build: for all units, and for each. */
export interface IgnoreRules {
  /** Lines of the .dockerignore beside the generated Dockerfiles, in order; the last match wins. */
  readonly lines: readonly string[];
  /** Patterns against paths below the project that only this unit's packing applies. */
  readonly forUnit: (unit: Unit) => readonly string[];
  /** Whether the engine never gets to see this path. */
  readonly ignores: (path: string) => boolean;
}

/**
 * Puts together the defaults, the user's own .dockerignore (whose `!` can undo the defaults), the
 * manifest's excludes and the output folder. What pip needs is taken back in, and then left out of
 * the zips instead.
 */
export function ignoreRules(project: Project): IgnoreRules {
  const ownOf = (unit: Unit) => unit.exclude.slice(project.exclude.length);
  // A unit can take a file back in only while the engine is given it.
  const takesBack = project.units.some((unit) => ownOf(unit).some((line) => line.startsWith('!')));
  const shared = takesBack ? [] : project.exclude;
  const lines = [...defaults, ...project.dockerignore, ...shared, escapePattern(project.output)];
  const matcher = dockerignoreModule.default({ ignorecase: false }).add(lines);
  const ignores = (path: string) => path !== '' && matcher.ignores(path);
  const inputs = project.units.flatMap((unit) => unit.requirements.inputs.map(({ path }) => path));
  const needed = [...new Set(inputs)].filter(ignores).sort();
  return {
    lines: [...lines, ...needed.map((path) => `!${escapePattern(path)}`)],
    forUnit: (unit) => [
      GENERATED,
      ...(takesBack ? unit.exclude : ownOf(unit)),
      ...needed.map((path) => escapePattern(path)),
    ],
    ignores,
  };
}
