import type { DiagnosticCode } from './codes.js';

/** A place in a text file; line and column count from 1, column in UTF-16 units, as editors do. */
export interface Location {
  /** Path as the user would type it, relative to the project's folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** How much a diagnostic weighs: only an error stops the command. */
export type Severity = 'error' | 'warning' | 'notice';

/** One thing pkgr has to tell: what is wrong, where, and what to do about it. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** What is wrong, in one sentence without a final full stop. */
  readonly message: string;
  /** Where it is written; absent only when no file is to blame. */
  readonly at?: Location;
  /** What to do, in one sentence; for example the name that was probably meant. */
  readonly hint?: string;
  /** Further lines worth showing below it, such as the last lines of a failed step's log. */
  readonly details?: readonly string[];
}

/** Whether any of these stops the command. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
