import type { Diagnostic } from '../diagnostics/index.js';
import type { IncludeDeclaration, UnitDeclaration } from './declaration.js';
import { type CheckedPath, checkPath } from './paths/check.js';
import { whyNoCopy } from './paths/copyable.js';
import { readPath, shownPath } from './paths/path.js';
import type { Tree } from './paths/tree.js';
import type { Include } from './unit.js';

/** Where Lambda looks for the modules of a layer, which it unpacks to /opt. */
const layerPrefix = 'python';

/**
 * Resolves includes: what they are in the project, and where they go in the zip. An include that
 * many units share is looked at once for functions and once for layers.
 */
export function includeResolver(
  tree: Tree,
  report: (diagnostic: Diagnostic) => void,
): (include: IncludeDeclaration, kind: UnitDeclaration['kind']) => Include | undefined {
  const known = {
    function: new Map<IncludeDeclaration, Include | undefined>(),
    layer: new Map<IncludeDeclaration, Include | undefined>(),
  };
  return (include, kind) => {
    const resolved = known[kind];
    if (!resolved.has(include)) {
      const from = checkCopied(tree, include.from, report);
      const to = placeOf(include, kind, report);
      resolved.set(include, from && to && resolve(include, from, to));
    }
    return resolved.get(include);
  };
}

function checkCopied(
  tree: Tree,
  from: IncludeDeclaration['from'],
  report: (diagnostic: Diagnostic) => void,
): CheckedPath | undefined {
  const found = checkPath(tree, from, report);
  const why = found && whyNoCopy(found.path);
  if (why === undefined) return found;
  report({
    code: 'unnameable-path',
    severity: 'error',
    message: `${shownPath(from.value)} ${why}, which cannot be named in a Dockerfile's COPY`,
    at: from.at,
    hint: 'rename it, or include the folder that it is in',
  });
  return undefined;
}

/** The destination as written: a path below the zip's root, and whether it is a folder to fill. */
interface Place {
  readonly path: string;
  readonly isFolder: boolean;
}

function placeOf(
  { to }: IncludeDeclaration,
  kind: UnitDeclaration['kind'],
  report: (diagnostic: Diagnostic) => void,
): Place | undefined {
  const prefix = kind === 'layer' ? layerPrefix : '';
  if (to === undefined) return { path: prefix, isFolder: true };
  const fromRoot = to.value.startsWith('/');
  const written = fromRoot ? to.value.replace(/^\/+/, '') || './' : to.value;
  const reading = readPath(written, 'the zip');
  if (reading.kind === 'refused') {
    const { code, message, hint } = reading;
    const problem = { severity: 'error', message, at: to.at } as const;
    // What leaves the zip has nothing to do with the project folder.
    if (code !== 'outside-project') report({ ...problem, code, hint });
    else
      report({ ...problem, code: 'invalid-value', hint: 'write a place in it, such as config/' });
    return undefined;
  }
  const path = join(fromRoot ? '' : prefix, reading.path);
  return { path, isFolder: reading.isFolder || path === '' };
}

function resolve({ from, exclude }: IncludeDeclaration, found: CheckedPath, to: Place): Include {
  const { path } = found;
  const kind = found.kind === 'file' ? 'file' : found.isFolder ? 'contents' : 'directory';
  const isPlacedBelow = to.isFolder && kind !== 'contents';
  const place = isPlacedBelow ? join(to.path, path.slice(path.lastIndexOf('/') + 1)) : to.path;
  return { kind, from: path, to: place, at: from.at, ...(exclude && { exclude }) };
}

function join(folder: string, name: string): string {
  return [folder, name].filter((part) => part !== '').join('/');
}

/** An include in the words of the manifest, for messages. */
export function shownInclude({ kind, from }: Include): string {
  if (kind !== 'contents') return shownPath(from);
  return shownPath(from === '' ? './' : `${from}/`);
}
