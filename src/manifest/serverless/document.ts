import type { Diagnostic } from '../../diagnostics/index.js';
import { isMapping, valueAt } from '../pkgr/accepted.js';
import type { DocumentPath, SourceDocument } from '../source.js';
import type { ServerlessService, UnresolvedVariable } from './service.js';
import {
  createResolver,
  delimitersOf,
  type Resolver,
  type UnresolvedAt,
  type VariableInputs,
  variableFiles,
  withDotenv,
} from './variables/index.js';

/** What of a service decides what is packaged; all else may say anything. */
const read: readonly (readonly string[])[] = [
  ['service'],
  ['provider'],
  ['package'],
  ['custom', 'soclessPackager'],
  ['functions'],
  ['layers'],
];

/**
 * From the document of a serverless.yml to its service, with the variables resolved that decide what
 * is packaged.
 * @param root the folder of the service; absolute
 */
export function serviceOf(
  document: SourceDocument,
  root: string,
  inputs: VariableInputs,
  report: (diagnostic: Diagnostic) => void,
): ServerlessService {
  const resolver = resolverOf(document, root, inputs, report);
  const unresolved: UnresolvedAt[] = [];
  // The rest stays as it is written: nobody looks at more than its keys.
  const value: Record<string, unknown> = Object.assign(Object.create(null), document.value);
  for (const path of isMapping(document.value) ? read : []) {
    const found = resolver.whole(path, (one) => void unresolved.push(one));
    if (found !== undefined) put(value, path, found);
  }
  const { file } = document;
  const { stage } = inputs;
  const isEmpty = !isMapping(document.value);
  return {
    file,
    value: isEmpty ? document.value : value,
    ...(stage !== undefined && { stage }),
    locate: (path) => document.locate(path),
    locateKey: (path) => document.locateKey(path),
    unresolved: (path) =>
      unresolved.filter((one) => concerns(one, path)).map((one) => told(one, document)),
  };
}

/** With the variables of .env where the service wants them, which its stage chooses. */
function resolverOf(
  document: SourceDocument,
  root: string,
  inputs: VariableInputs,
  report: (diagnostic: Diagnostic) => void,
): Resolver {
  const path = ['provider', 'variableSyntax'];
  const syntax = valueAt(document.value, path);
  const delimiters = delimitersOf(syntax);
  if (delimiters === undefined) {
    report({
      code: 'invalid-value',
      severity: 'error',
      message: 'provider.variableSyntax does not tell what variables begin and end with',
      at: document.locate(path),
      hint: 'write plain signs, then one group in brackets, then plain signs; or remove it',
    });
  }
  const files = variableFiles(root);
  const known = delimiters ?? { open: '${', close: '}' };
  const create = (environment: VariableInputs['environment']) =>
    createResolver(document.value, known, { ...inputs, environment }, files);
  const first = create(inputs.environment);
  const wantsDotenv = first.property(['useDotenv']);
  if (wantsDotenv.kind === 'unknown' || wantsDotenv.value !== true) return first;
  const ofProvider = first.property(['provider', 'stage']);
  const found = ofProvider.kind === 'value' ? ofProvider.value : undefined;
  const stage = inputs.stage ?? (typeof found === 'string' ? found : 'dev');
  return create(withDotenv(inputs.environment, root, stage));
}

function put(
  target: Record<string, unknown>,
  [key = '', ...rest]: readonly string[],
  value: unknown,
) {
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const below: Record<string, unknown> = Object.create(null);
  put(below, rest, value);
  target[key] = below;
}

/** Whether a variable is at a path, in it, or around it. */
function concerns({ path }: UnresolvedAt, asked: DocumentPath): boolean {
  const length = Math.min(path.length, asked.length);
  return path.slice(0, length).every((key, index) => key === String(asked[index]));
}

function told(
  { path, text, unknown: { why, hint, text: variable } }: UnresolvedAt,
  document: SourceDocument,
): UnresolvedVariable {
  const shown = variable ?? text;
  return {
    text: shown.length > 120 ? `${shown.slice(0, 120)}...` : shown,
    why,
    hint,
    at: document.locate(path),
  };
}
