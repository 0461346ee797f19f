import type { Diagnostic } from '../../diagnostics/index.js';
import type { DockerfileDeclaration } from '../declaration.js';
import { checkFile, checkFolder } from '../paths/check.js';
import { follow } from '../paths/follow.js';
import { readPath, shownPath } from '../paths/path.js';
import type { Tree } from '../paths/tree.js';
import type { Located } from '../unit.js';

/** Where a Dockerfile is and what it copies from, both below the project. */
export interface DockerfilePlace {
  readonly path: string;
  /** Absent when that is the project itself. */
  readonly context?: string;
}

/** As docker build has it. */
const DEFAULT_NAME = 'Dockerfile';

/** Looks up the file and the context; undefined, with a report, when they cannot be used. */
export function placeOf(
  tree: Tree,
  written: DockerfileDeclaration,
  report: (diagnostic: Diagnostic) => void,
): DockerfilePlace | undefined {
  const context = written.context && checkFolder(tree, written.context, report);
  if (written.context !== undefined && context === undefined) return undefined;
  // The engine is given the folder itself, and no link to it.
  const folder = context === undefined ? '' : realPath(tree, context.path);
  const file = written.file ?? {
    value: join(context?.path ?? '', DEFAULT_NAME),
    at: written.context?.at ?? written.at,
  };
  const misplaced = context && startsFromContext(tree, file, context.path);
  if (misplaced !== undefined) {
    report(misplaced);
    return undefined;
  }
  const path = checkFile(tree, file, report)?.path;
  if (path === undefined) return undefined;
  const ignored = ignoredFile(tree, path, folder);
  if (ignored !== undefined) report(ignored);
  return { path, ...(folder !== '' && { context: folder }) };
}

/** A Compose file has the path of its Dockerfile start from the context. */
function startsFromContext(
  tree: Tree,
  { value, at }: Located<string>,
  context: string,
): Diagnostic | undefined {
  const reading = readPath(value, 'the context');
  if (reading.kind === 'refused') return undefined;
  const meant = join(context, reading.path);
  if (follow(tree, reading.path).kind !== 'missing' || follow(tree, meant).kind !== 'file') {
    return undefined;
  }
  return {
    code: 'missing-file',
    severity: 'error',
    message: `${shownPath(reading.path)} does not exist`,
    at,
    hint: `write ${shownPath(meant)}: all paths start from ${tree.called}, also beside context`,
  };
}

/** Docker takes `<Dockerfile>.dockerignore` for the context of that one build only. */
function ignoredFile(tree: Tree, path: string, context: string): Diagnostic | undefined {
  const file = `${path}.dockerignore`;
  if (tree.entry(file).kind === 'missing') return undefined;
  return {
    code: 'ignored-dockerignore',
    severity: 'warning',
    message: `${shownPath(file)} has no effect: the Dockerfile becomes part of a larger one`,
    at: { file, line: 1, column: 1 },
    hint:
      context === ''
        ? 'give the Dockerfile a context of its own, and write the patterns into the .dockerignore of that folder'
        : `write its patterns into ${shownPath(join(context, '.dockerignore'))}`,
  };
}

function realPath(tree: Tree, path: string): string {
  const end = follow(tree, path);
  return end.kind === 'directory' ? end.path : path;
}

function join(folder: string, name: string): string {
  return [folder, name].filter((part) => part !== '').join('/');
}
