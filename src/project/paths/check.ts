import { type Diagnostic, type DiagnosticCode, nearest } from '../../diagnostics/index.js';
import type { Located } from '../unit.js';
import { type Destination, follow } from './follow.js';
import { readPath, shownPath } from './path.js';
import type { Tree } from './tree.js';

/** A path of the manifest that exists in the project. */
export interface CheckedPath {
  readonly kind: 'file' | 'directory';
  /** As it is written, normalised. */
  readonly path: string;
  /** A folder is meant: the text ends in a slash. */
  readonly isFolder: boolean;
}

const inProject = 'the project folder';

/** Looks up a path of the manifest; undefined, with a report, when it cannot be used. */
export function checkPath(
  tree: Tree,
  { value, at }: Located<string>,
  report: (diagnostic: Diagnostic) => void,
): CheckedPath | undefined {
  const refuse = (code: DiagnosticCode, message: string, hint: string) =>
    void report({ code, severity: 'error', message, at, hint });
  const reading = readPath(value, inProject);
  if (reading.kind === 'refused') {
    refuse(reading.code, reading.message, reading.hint);
    return undefined;
  }
  const { path, isFolder } = reading;
  const end = follow(tree, path);
  const name = shownPath(path);
  switch (end.kind) {
    case 'missing':
      refuse('missing-file', missingMessage(path, end), missingHint(tree, path, end));
      return undefined;
    case 'outside':
      refuse('link-outside-project', outsideMessage(path, end), outsideHint);
      return undefined;
    case 'loop':
      refuse(
        'missing-file',
        `${name} is a link that leads back to itself`,
        'turn the link elsewhere',
      );
      return undefined;
    case 'special':
      refuse('invalid-value', `${name} is neither a file nor a folder`, 'name a file or a folder');
      return undefined;
    default:
  }
  if (isFolder && end.kind === 'file') {
    const hint = `write ${name} without the slash at its end`;
    refuse('not-a-directory', `${name} is a file, not a folder`, hint);
    return undefined;
  }
  return { kind: end.kind, path, isFolder: isFolder || path === '' };
}

/** Looks up a path that has to be a file, such as a pip.conf. */
export function checkFile(
  tree: Tree,
  located: Located<string>,
  report: (diagnostic: Diagnostic) => void,
): CheckedPath | undefined {
  const checked = checkPath(tree, located, report);
  if (checked === undefined || checked.kind === 'file') return checked;
  report({
    code: 'not-a-directory',
    severity: 'error',
    message: `${shownPath(located.value)} is a folder, not a file`,
    at: located.at,
    hint: 'name the file itself',
  });
  return undefined;
}

/** Looks up a path that has to be a folder. */
export function checkFolder(
  tree: Tree,
  located: Located<string>,
  report: (diagnostic: Diagnostic) => void,
): CheckedPath | undefined {
  const checked = checkPath(tree, located, report);
  if (checked === undefined || checked.kind === 'directory') return checked;
  report({
    code: 'not-a-directory',
    severity: 'error',
    message: `${shownPath(located.value)} is a file, not a folder`,
    at: located.at,
    hint: 'name the folder that it is in',
  });
  return undefined;
}

export const outsideHint =
  'Docker is given the project folder only: put a copy there, or a relative link within it';

function outsideMessage(path: string, { link, target }: { link: string; target: string }): string {
  const whose =
    path === link ? shownPath(link) : `${shownPath(path)} goes through ${shownPath(link)}, which`;
  return `${whose} is a link out of the project, to ${shownPath(target)}`;
}

function missingMessage(path: string, end: Destination & { kind: 'missing' }): string {
  const { folder, name, reason } = end;
  if (reason !== undefined) return `${shownPath(path)} cannot be read: ${reason}`;
  const missing = folder === '' ? name : `${folder}/${name}`;
  if (`${path}/`.startsWith(`${missing}/`)) return `${shownPath(path)} does not exist`;
  return `${shownPath(path)} leads to ${shownPath(missing)}, which does not exist`;
}

function missingHint(tree: Tree, path: string, end: Destination & { kind: 'missing' }): string {
  const meant = nearest(end.name, tree.names(end.folder));
  const names = path.split('/');
  const index = names.indexOf(end.name);
  const isWritten = names.slice(0, index).join('/') === end.folder;
  if (meant !== undefined && index >= 0 && isWritten) {
    const corrected = [...names.slice(0, index), meant, ...names.slice(index + 1)].join('/');
    return `did you mean ${shownPath(corrected)}?`;
  }
  return `create it or correct the path; paths start from ${tree.called}`;
}
