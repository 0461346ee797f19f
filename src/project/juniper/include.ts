import type { Diagnostic } from '../../diagnostics/index.js';
import type { IncludeDeclaration, RequirementDeclaration } from '../declaration.js';
import { ignorePatterns } from '../ignore-patterns/index.js';
import { follow } from '../paths/follow.js';
import { readPath, shownPath } from '../paths/path.js';
import type { Tree } from '../paths/tree.js';
import type { Located } from '../unit.js';
import { expandGlob, isGlob } from './glob.js';

/** Each match becomes a COPY, of which an image can have some hundred only. */
const mostMatches = 100;

/**
 * What an include of juniper's means: a file or a folder at the zip's root under its own name, with
 * or without a slash at its end; of `./` everything in the project; of a glob whatever it matches.
 */
export function juniperIncludes(
  tree: Tree,
  written: Located<string>,
  report: (diagnostic: Diagnostic) => void,
): readonly IncludeDeclaration[] {
  const { value, at } = written;
  const reading = readPath(value, 'the project folder');
  // What is wrong with it is told where all includes are checked.
  if (reading.kind === 'refused') return [{ from: written }];
  const { path } = reading;
  if (path === '') return [{ from: { value: './', at } }];
  // A mount takes a name as it is: a file may well be called [a].
  if (!isGlob(path) || tree.entry(path).kind !== 'missing') return [{ from: { value: path, at } }];
  const refuse = (code: Diagnostic['code'], message: string, hint: string) => {
    report({ code, severity: 'error', message, at, hint });
    return [];
  };
  const shown = shownPath(value);
  if (path.includes('**')) {
    const hint = 'include the folder itself: what is in it keeps its place below it';
    return refuse('invalid-value', `${shown} has **, which matches no folders`, hint);
  }
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  if (/(^|\/)\*$/.test(path) && !isGlob(folder) && follow(tree, folder).kind === 'directory') {
    // The same as all that is in the folder: names that begin with a dot are not packed anyway.
    return [{ from: { value: folder === '' ? './' : `${folder}/`, at } }];
  }
  const matches = expandGlob(tree, path);
  if (matches.length === 0) {
    return refuse('missing-file', `${shown} matches nothing`, 'correct the glob, or remove it');
  }
  if (matches.length > mostMatches) {
    const message = `${shown} matches ${matches.length} files and folders, more than ${mostMatches}`;
    return refuse('invalid-value', message, 'put them in a folder, and include that');
  }
  return matches.map((match) => ({ from: { value: match, at } }));
}

/**
 * The requirements file that an include brings to the zip's root. Juniper mounts includes and
 * requirements into one folder, and installs whatever requirements.txt is in it.
 */
export function includedRequirements(
  tree: Tree,
  includes: readonly IncludeDeclaration[],
): RequirementDeclaration | undefined {
  const found = includes.flatMap(({ from: { value, at } }): readonly RequirementDeclaration[] => {
    const path = value === './' ? 'requirements.txt' : value;
    const isOne = /(^|\/)requirements\.txt$/.test(path) && follow(tree, path).kind === 'file';
    return isOne ? [{ kind: 'file', value: path, at }] : [];
  });
  return found.at(-1);
}

/** A warning for an include that is never packed, because juniper deletes what is called so. */
export function deletedIncludes(
  tree: Tree,
  includes: readonly IncludeDeclaration[],
  deleted: readonly string[],
): readonly Diagnostic[] {
  const { excludes } = ignorePatterns(deleted);
  return includes.flatMap(({ from: { value, at } }): readonly Diagnostic[] => {
    const name = value.slice(value.lastIndexOf('/') + 1);
    // Its place is in pip's hands, not in the zip.
    if (name === '' || name === 'requirements.txt') return [];
    const { kind } = follow(tree, value);
    const inside = kind === 'directory' ? `${name}/x` : name;
    if (!excludes(inside)) return [];
    return [
      {
        code: 'ignored-include',
        severity: 'warning',
        message: `${shownPath(value)} is not packed: juniper deletes what is called ${shownPath(name)}, and so does pkgr here`,
        at,
        hint: 'rename it, or move to pkgr.yml, where all that is included is packed',
      },
    ];
  });
}
