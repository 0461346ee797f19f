import type { Diagnostic, DiagnosticCode } from '../../diagnostics/index.js';
import { isMapping, valueAt } from '../pkgr/accepted.js';
import type { DocumentPath, Located } from '../source.js';
import type { ServerlessService, UnresolvedVariable } from './service.js';

/**
 * Reads values of a service by their paths. What has a variable that could not be resolved, or is of
 * another type, is reported and counts as not there: only what decides the packaging is read.
 */
export interface Fields {
  text(path: DocumentPath): Located<string> | undefined;
  /** A list of texts; a single text is a list of one. */
  texts(path: DocumentPath): readonly Located<string>[];
  mapping(path: DocumentPath): Readonly<Record<string, unknown>> | undefined;
  /** Whether the value can be looked at; a variable that is not resolved in it is reported. */
  isKnown(path: DocumentPath): boolean;
  value(path: DocumentPath): unknown;
  refuse(code: DiagnosticCode, message: string, path: DocumentPath, hint: string): void;
}

export function fieldsOf(
  service: ServerlessService,
  report: (diagnostic: Diagnostic) => void,
): Fields {
  const value = (path: DocumentPath) => valueAt(service.value, path) ?? undefined;
  const refuse: Fields['refuse'] = (code, message, path, hint) =>
    report({ code, severity: 'error', message, at: service.locate(path), hint });
  const isKnown = (path: DocumentPath) => {
    const unresolved = service.unresolved(path);
    for (const variable of unresolved) report(unresolvedProblem(variable, path));
    return unresolved.length === 0;
  };
  const text = (path: DocumentPath): Located<string> | undefined => {
    const found = value(path);
    // What is not there may be what a variable around it would have brought.
    if (!isKnown(path) || found === undefined) return undefined;
    const at = service.locate(path);
    // YAML reads 3.10 or a date without quotes as no text, and the framework writes it as one.
    if (typeof found === 'number' || typeof found === 'boolean') return { value: `${found}`, at };
    if (typeof found === 'string') return { value: found, at };
    refuse('wrong-type', `${shownPath(path)} takes a text`, path, 'write a single value');
    return undefined;
  };
  return {
    value,
    refuse,
    isKnown,
    text,
    texts(path) {
      const found = value(path);
      if (!Array.isArray(found)) {
        const one = text(path);
        return one === undefined ? [] : [one];
      }
      return found.flatMap((item, index) => (item === null ? [] : (text([...path, index]) ?? [])));
    },
    mapping(path) {
      const found = value(path);
      if (isMapping(found)) return found;
      if (!isKnown(path) || found === undefined) return undefined;
      const what = Array.isArray(found) ? 'a list' : typeof found === 'string' ? 'text' : 'a value';
      const hint = 'write keys and values below it';
      refuse('wrong-type', `${shownPath(path)} takes a mapping, not ${what}`, path, hint);
      return undefined;
    },
  };
}

export function unresolvedProblem(
  { text, why, at, hint }: UnresolvedVariable,
  path: DocumentPath,
): Diagnostic {
  return {
    code: 'unresolved-variable',
    severity: 'error',
    message: `${text} cannot be resolved: ${why}; ${shownPath(path)} decides what is packaged`,
    at,
    hint,
  };
}

/** `functions.hello.package.include`. */
export function shownPath(path: DocumentPath): string {
  const text = path.join('.');
  return text.length > 120 ? `${text.slice(0, 120)}...` : text;
}
