import { ignorePatterns, withAllBelow } from '../ignore-patterns/index.js';
import type { Located } from '../unit.js';
import type { Glob } from './glob.js';

/** A pattern that has been read, and what it says of the files that it matches. */
export interface SelectionRule {
  readonly kind: 'leaves-out' | 'takes-back';
  readonly glob: Glob & { readonly kind: 'glob' };
  /** Its place among all that is said of a function. */
  readonly position: number;
}

/** A folder whose contents lie at the zip's root, or of which only some files do. */
export interface SelectedFolder {
  readonly from: Located<string>;
  /** Below the project; '' is the project itself. */
  readonly folder: string;
  /** Nothing of it is taken but what rules take back: it comes from a pattern. */
  readonly isPattern: boolean;
  readonly position: number;
}

/** No file is called so. */
const anyName = '\u0001';

/**
 * Which files of a folder are left out, as patterns of .dockerignore's syntax against paths of the
 * project; the last one that matches decides, as in the framework.
 *
 * What is said before a folder is included does not leave out all of it: `exclude: ['**']` and then a
 * folder means the folder. It does leave out part of it, such as its tests.
 */
export function leftOutOf(
  { folder, isPattern, position }: SelectedFolder,
  rules: readonly SelectionRule[],
): readonly string[] {
  const lines = isPattern ? [below(folder, '**')] : [];
  for (const { kind, glob, position: said } of rules) {
    if (kind === 'leaves-out') {
      if (said < position && covers(glob.patterns, folder)) continue;
      lines.push(...glob.patterns);
    } else if (lines.length > 0) {
      // Of `folder/*` the files, not what is in folders below: those are as they were.
      const isLeftOut = glob.isShallow && covers(lines, glob.folder);
      lines.push(...glob.patterns.map((pattern) => `!${pattern}`));
      if (isLeftOut) lines.push(...glob.patterns.map((pattern) => `${pattern}/**`));
    }
  }
  return lines;
}

/** Whether patterns leave out whatever is in a folder. */
export function covers(patterns: readonly string[], folder: string): boolean {
  return ignorePatterns(withAllBelow(patterns)).excludes(below(folder, anyName));
}

export function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Whether a path is a folder or in it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
