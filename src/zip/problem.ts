import { type Diagnostic, type DiagnosticCode, PkgrError } from '../diagnostics/index.js';

/** Problems told of one zip; what else is wrong with it is counted. */
const SHOWN = 20;

/** Gathers what is wrong with one zip, so that all of it is told at once. */
export interface ZipProblems {
  /** @param message without the zip's name: `has an entry "../x"` */
  add(code: DiagnosticCode, message: string, hint?: string): void;
  /** Adds it and ends the reading: nothing behind it can be made sense of. */
  fail(code: DiagnosticCode, message: string, hint?: string): never;
  /** @throws PkgrError when there is any */
  throwAny(): void;
}

/** @param shown the zip's path as the user would write it */
export function zipProblems(shown: string): ZipProblems {
  const found: Diagnostic[] = [];
  let more = 0;
  const add: ZipProblems['add'] = (code, message, hint) => {
    if (found.length === SHOWN) more += 1;
    else found.push(zipProblem(shown, code, message, hint));
  };
  const throwAny = () => {
    const last = found.at(-1);
    if (last === undefined) return;
    const details = more === 0 ? {} : { details: [`and ${more} more problems of this zip`] };
    throw new PkgrError([...found.slice(0, -1), { ...last, ...details }]);
  };
  return {
    add,
    throwAny,
    fail(code, message, hint) {
      throw new PkgrError([...found, zipProblem(shown, code, message, hint)]);
    },
  };
}

export function zipProblem(
  shown: string,
  code: DiagnosticCode,
  message: string,
  hint?: string,
): Diagnostic {
  const what = `${shown} ${message}`;
  return { code, severity: 'error', message: what, ...(hint !== undefined && { hint }) };
}

/** A name out of a zip, in a message: quoted, and not as long as whoever wrote it liked. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length > 120 ? `${name.slice(0, 100)}...` : name);
}
