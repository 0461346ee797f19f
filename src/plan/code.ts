import {
  escapePattern,
  type Include,
  ignorePatterns,
  patternBelow,
  type Unit,
  withAllBelow,
} from '../project/index.js';
import type { CodeRoot } from './plan.js';

/**
 * The copies that bring a unit's code together, later ones over earlier ones.
 *
 * Without anything of their own to leave out they share one root, which then looks like the zip.
 * An include that loses files by their path in the project gets a root of its own, because its
 * patterns must not reach its neighbours; what is left out by its place in the zip is so everywhere.
 * @param exclude patterns against paths below the project
 */
export function codeRoots(unit: Unit, exclude: readonly string[]): readonly CodeRoot[] {
  const roots: CodeRoot[] = [];
  const { excludeInZip } = unit;
  const leftOut = ignorePatterns(withAllBelow(exclude));
  const leftOutThere = ignorePatterns(withAllBelow(excludeInZip));
  for (const { kind, from, to, exclude: own = [] } of unit.include) {
    const copy = { kind, from, to };
    if (kind === 'file') {
      if (leftOut.excludes(from) || leftOutThere.excludes(to)) continue;
    } else {
      const patterns = [...exclude, ...own].flatMap((pattern) => patternBelow(pattern, from));
      if (patterns.length > 0) {
        const placed = patterns.map((pattern) => placedAt(pattern, to));
        roots.push({ copies: [copy], exclude: [...placed, ...excludeInZip] });
        continue;
      }
    }
    const last = roots.at(-1);
    if (last !== undefined && last.exclude === excludeInZip) {
      roots[roots.length - 1] = { copies: [...last.copies, copy], exclude: excludeInZip };
    } else {
      roots.push({ copies: [copy], exclude: excludeInZip });
    }
  }
  return roots;
}

function placedAt(pattern: string, to: Include['to']): string {
  if (to === '') return pattern;
  const place = to.split('/').map(escapePattern).join('/');
  return pattern.startsWith('!') ? `!${place}/${pattern.slice(1)}` : `${place}/${pattern}`;
}
