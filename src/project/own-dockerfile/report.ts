import type { Diagnostic, Location } from '../../diagnostics/index.js';

/** Takes note of a problem at an offset of the Dockerfile's text. */
export type Report = (problem: Problem) => void;

export interface Problem {
  readonly offset: number;
  /** `invalid-dockerfile` when absent. */
  readonly code?: Diagnostic['code'];
  /** `error` when absent. */
  readonly severity?: Diagnostic['severity'];
  readonly message: string;
  readonly hint: string;
}

/** The problem as people get to see it. */
export function diagnosticOf(file: string, text: string, problem: Problem): Diagnostic {
  const { offset, code = 'invalid-dockerfile', severity = 'error', message, hint } = problem;
  return { code, severity, message, at: locationOf(file, text, offset), hint };
}

function locationOf(file: string, text: string, offset: number): Location {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
