import type { Diagnostic } from './diagnostic.js';

/** Exit codes of the command line; 70 and 75 are EX_SOFTWARE and EX_TEMPFAIL of sysexits(3). */
export const ExitCode = {
  done: 0,
  buildFailed: 1,
  wrongInput: 2,
  defect: 70,
  tryAgain: 75,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Ends a command with everything that is wrong, gathered, and the exit code that it means. */
export class PkgrError extends Error {
  override readonly name = 'PkgrError';

  constructor(
    readonly diagnostics: readonly Diagnostic[],
    readonly exitCode: ExitCode = ExitCode.wrongInput,
  ) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join('\n'));
  }
}
