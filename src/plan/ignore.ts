import {
  escapePattern,
  type Include,
  ignorePatterns,
  type Project,
  patternBelow,
  type Unit,
  withAllBelow,
} from '../project/index.js';

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
  /** Whether the engine never gets to see the file, or anything of the folder. */
  readonly ignores: (include: Pick<Include, 'kind' | 'from'>) => boolean;
}

/**
 * Puts together the defaults, the user's own .dockerignore (whose `!` can undo the defaults), the
 * manifest's excludes, the output folder and every pip.conf. What pip needs is taken back in, and then left out of
 * the zips instead.
 */
export function ignoreRules(project: Project): IgnoreRules {
  const ownOf = (unit: Unit) => unit.exclude.slice(project.exclude.length);
  // A unit can take a file back in only while the engine is given it.
  const takesBack = project.units.some((unit) => ownOf(unit).some((line) => line.startsWith('!')));
  const shared = takesBack ? [] : project.exclude;
  const patterns = [...defaults, ...project.dockerignore, ...withAllBelow(shared)];
  // After all, so that no pattern takes it back in: a pip.conf is a secret, also where all is included.
  const secret = new Set(project.units.flatMap(({ pipconf }) => pipconf?.value ?? []));
  const never = [project.output, ...secret].map(escapePattern);
  const lines = [...patterns.map(pastComments), ...never];
  const { excludes, mayTakeBackBelow } = ignorePatterns(lines);
  const exceptionsIn = (folder: string) =>
    lines.filter((line) => line.startsWith('!') && patternBelow(line, folder).length > 0);
  const inputs = project.units.flatMap((unit) => unit.requirements.inputs.map(({ path }) => path));
  const needed = [...new Set(inputs)].filter(excludes).sort();
  const onlyForPip = needed.flatMap((path) => [escapePattern(path), ...exceptionsIn(path)]);
  return {
    lines: [...lines, ...needed.map((path) => `!${escapePattern(path)}`)],
    forUnit: (unit) => [
      ...onlyForPip,
      ...(takesBack ? unit.exclude : ownOf(unit)),
      // Last, because a zip must be the same whether or not `pkgr gen` has written there.
      GENERATED,
    ],
    ignores: ({ kind, from }) => excludes(from) && (kind === 'file' || !mayTakeBackBelow(from)),
  };
}

/** A pattern in a file where a `#` in front would make it a comment. */
function pastComments(pattern: string): string {
  return pattern.startsWith('#') ? `\\${pattern}` : pattern;
}
