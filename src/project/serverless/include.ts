import type { DiagnosticCode } from '../../diagnostics/index.js';
import { isIgnorePattern, type ServerlessPackage } from '../../manifest/index.js';
import type { IncludeDeclaration } from '../declaration.js';
import { escapePattern } from '../ignore-patterns/index.js';
import { follow } from '../paths/follow.js';
import { readPath, shownPath } from '../paths/path.js';
import type { Tree } from '../paths/tree.js';
import type { Located } from '../unit.js';
import { readGlob } from './glob.js';
import { matchesSomething } from './matches.js';
import { isWithin, leftOutOf, type SelectedFolder, type SelectionRule } from './selection.js';
import type { Surroundings } from './surroundings.js';

/** Included in every function, where there is such a folder. */
const defaultGlobalIncludes = './common_files';

/**
 * What a function includes, and then what all functions do, later ones over earlier ones.
 *
 * `exclude` comes first and `include` and `patterns` after it, of the service and then of the
 * function, as the framework has them. A folder is its contents at the zip's root. A pattern is the
 * files that it matches, from the folder before its first sign on; in a folder that is included
 * already, it and a single file only take back what was left out.
 */
export function functionIncludes(
  own: ServerlessPackage,
  { manifest, report, tree }: Surroundings,
): readonly IncludeDeclaration[] {
  const of = manifest.package;
  const { globalIncludes, at } = manifest.options;
  const byDefault =
    globalIncludes === undefined && isFolder(tree, defaultGlobalIncludes)
      ? [{ value: defaultGlobalIncludes, at }]
      : [];
  const selection = createSelection(tree, report);
  for (const pattern of [...of.exclude, ...own.exclude]) selection.exclude(pattern);
  for (const pattern of [...of.include, ...of.patterns, ...own.include, ...own.patterns]) {
    selection.include(pattern);
  }
  for (const path of globalIncludes ?? byDefault) selection.folder(path);
  return selection.includes();
}

/** Everything in a layer's folder but what its `package` leaves out; patterns start from the folder. */
export function layerIncludes(
  path: Located<string>,
  own: ServerlessPackage,
  { report, tree }: Surroundings,
): readonly IncludeDeclaration[] {
  const selection = createSelection(tree, report);
  const inFolder = ({ value, at }: Located<string>) => {
    const [, sign = '', rest = ''] = /^(!?)(?:\.\/)*(.*)$/s.exec(value) ?? [];
    return { value: `${sign}${path.value.replace(/\/+$/, '')}/${rest}`, at };
  };
  selection.folder(path);
  for (const pattern of own.exclude) selection.exclude(inFolder(pattern));
  for (const pattern of [...own.include, ...own.patterns]) selection.include(inFolder(pattern));
  return selection.includes().map((one) => ({ ...one, to: { value: '/', at: path.at } }));
}

interface Selection {
  exclude(pattern: Located<string>): void;
  include(pattern: Located<string>): void;
  /** A path whose contents are included, whatever it is called. */
  folder(path: Located<string>): void;
  includes(): readonly IncludeDeclaration[];
}

/** A file, or a path that is nothing: what is wrong with it is told where includes are checked. */
interface SelectedPath {
  readonly from: Located<string>;
}

function createSelection(tree: Tree, report: Surroundings['report']): Selection {
  const rules: SelectionRule[] = [];
  const selected: (SelectedFolder | SelectedPath)[] = [];
  let position = 0;

  const refuse = (
    code: DiagnosticCode,
    { value, at }: Located<string>,
    why: string,
    hint: string,
  ) => {
    report({ code, severity: 'error', message: `${shownPath(value)} ${why}`, at, hint });
  };
  const readable = (pattern: Located<string>, text: string) => {
    const glob = readGlob(text);
    if (glob.kind === 'refused') {
      refuse('invalid-value', pattern, glob.why, glob.hint);
      return undefined;
    }
    if (glob.patterns.every(isIgnorePattern)) return glob;
    refuse('invalid-value', pattern, 'is not a pattern', 'close its brackets, or leave it out');
    return undefined;
  };
  const rule = (kind: SelectionRule['kind'], pattern: Located<string>, text: string) => {
    const glob = readable(pattern, text);
    if (glob !== undefined) rules.push({ kind, glob, position });
  };
  const folders = () => selected.filter((one): one is SelectedFolder => 'folder' in one);
  const isIncluded = (path: string) => folders().some(({ folder }) => isWithin(path, folder));

  const path = (from: Located<string>) => {
    position += 1;
    const reading = readPath(from.value, 'the project folder');
    if (reading.kind === 'path' && follow(tree, reading.path).kind === 'directory') {
      selected.push({ from: open(from), folder: reading.path, isPattern: false, position });
    } else selected.push({ from });
  };

  return {
    exclude(pattern) {
      position += 1;
      if (pattern.value.startsWith('!')) rule('takes-back', pattern, pattern.value.slice(1));
      else rule('leaves-out', pattern, pattern.value);
    },
    include(pattern) {
      position += 1;
      const { value } = pattern;
      if (value.startsWith('!')) return rule('leaves-out', pattern, value.slice(1));
      const reading = readPath(value, 'the project folder');
      // A name may have signs of a pattern: a path that exists is that path.
      const exact = reading.kind === 'path' && tree.entry(reading.path).kind !== 'missing';
      const glob = exact ? undefined : readable(pattern, value);
      if (!exact && glob === undefined) return;
      if (glob === undefined || glob.isPath) {
        const isFile = reading.kind === 'path' && follow(tree, reading.path).kind === 'file';
        if (!isFile || !isIncluded(reading.path)) return path(pattern);
        return rule('takes-back', pattern, reading.path.split('/').map(escapePattern).join('/'));
      }
      if (!isIncluded(glob.folder)) {
        const from = { value: glob.folder === '' ? './' : `${glob.folder}/`, at: pattern.at };
        const isThere = follow(tree, glob.folder).kind === 'directory';
        if (!isThere) return void selected.push({ from });
        selected.push({ from, folder: glob.folder, isPattern: true, position });
      }
      if (!matchesSomething(tree, glob)) {
        refuse('missing-file', pattern, 'matches nothing', 'correct the pattern, or remove it');
      }
      rules.push({ kind: 'takes-back', glob, position });
    },
    folder: path,
    includes: () =>
      selected.map((one): IncludeDeclaration => {
        const exclude = 'folder' in one ? leftOutOf(one, rules) : [];
        return { from: one.from, ...(exclude.length > 0 && { exclude }) };
      }),
  };
}

/** With the slash that means the contents. */
function open({ value, at }: Located<string>): Located<string> {
  return { value: value.endsWith('/') ? value : `${value}/`, at };
}

function isFolder(tree: Tree, value: string): boolean {
  const reading = readPath(value, 'the project folder');
  return reading.kind === 'path' && follow(tree, reading.path).kind === 'directory';
}
