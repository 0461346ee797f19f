import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, nearest } from '../diagnostics/index.js';
import { ignorePatterns, withAllBelow } from './ignore-patterns/index.js';
import { follow } from './paths/follow.js';
import { shownPath } from './paths/path.js';
import type { Tree } from './paths/tree.js';
import type { Include, Unit } from './unit.js';

type Handled = Pick<Unit, 'name' | 'handler' | 'include' | 'requirements' | 'layers'>;

/**
 * A handler whose module is certainly not in the zip, told before anything is built. A module that a
 * package may bring, or a layer of the function, is left to the audit of what was built.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
 */
export function handlerProblems(unit: Handled, tree: Tree): readonly Diagnostic[] {
  const { name, handler, include, requirements, layers } = unit;
  if (handler === undefined || layers.length > 0) return [];
  const end = handler.value.lastIndexOf('.');
  if (end <= 0) return [notAHandler(handler.value, handler.at)];
  const module = handler.value.slice(0, end).replaceAll('.', '/').replace(/^\/+/, '');
  if (filesOf(module).some((path) => include.some((one) => brings(one, path, tree)))) return [];
  if (mayBePackage(module.split('/')[0] ?? '', requirements, tree)) return [];
  const file = `${module}.py`;
  return [
    {
      code: 'handler-not-found',
      severity: 'error',
      message: `the zip of ${name} has no ${shownPath(file)}, which the handler ${shownPath(handler.value)} names`,
      at: handler.at,
      hint: hintFor(module, handler.value.slice(end), include, tree),
    },
  ];
}

function notAHandler(value: string, at: Diagnostic['at']): Diagnostic {
  return {
    code: 'invalid-value',
    severity: 'error',
    message: `${JSON.stringify(value)} is not a handler`,
    ...(at && { at }),
    hint: 'write MODULE.FUNCTION, such as lambda.handler for handler() in lambda.py',
  };
}

/** What Python would load as the module. */
function filesOf(module: string): readonly string[] {
  return [`${module}.py`, `${module}/__init__.py`, `${module}.pyc`, `${module}.so`];
}

/** Whether an include has a file at this path of the zip. */
function brings({ kind, from, to, exclude = [] }: Include, path: string, tree: Tree): boolean {
  const below =
    to === '' ? path : path.startsWith(`${to}/`) ? path.slice(to.length + 1) : undefined;
  const source =
    kind === 'file'
      ? path === to
        ? from
        : undefined
      : below && (from === '' ? below : `${from}/${below}`);
  if (source === undefined || source === '') return false;
  if (ignorePatterns(withAllBelow(exclude)).excludes(source)) return false;
  return follow(tree, source).kind === 'file';
}

/** Whether a requirement has the module's name, or is of a folder that may hold it. */
function mayBePackage(
  name: string,
  { sources, inputs }: Handled['requirements'],
  tree: Tree,
): boolean {
  if (inputs.some(({ kind, path }) => kind === 'directory' || /\.(whl|zip|gz)$/.test(path))) {
    return true;
  }
  const lines = sources.flatMap((source) => (source.kind === 'line' ? source.text : []));
  const texts = inputs.map(({ path }) => read(join(tree.root, path)));
  const wanted = normal(name);
  const words = [...lines, ...texts].flatMap((text) => text.split(/[\s,;]+/));
  return words.some((word) => normal(/^[\w.-]+/.exec(word)?.[0] ?? '') === wanted);
}

/** Names of packages are compared without case, and `-`, `_` and `.` are one. */
function normal(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The module that was probably meant. */
function hintFor(module: string, ending: string, include: readonly Include[], tree: Tree): string {
  const names = include.flatMap(({ kind, from, to }) => {
    if (kind === 'file') return to.includes('/') ? [] : to;
    return to === '' ? tree.names(from) : [];
  });
  const modules = names.filter((name) => name.endsWith('.py')).map((name) => name.slice(0, -3));
  const last = module.slice(module.lastIndexOf('/') + 1);
  const meant = modules.includes(last) ? last : nearest(module, modules);
  if (meant === undefined) return 'include the folder that it is in, or correct the handler';
  return `did you mean ${meant}${ending}? a folder that is included is its contents at the zip's root`;
}
