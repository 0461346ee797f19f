import { CommanderError } from 'commander';
import { ExitCode, formatDiagnostics, PkgrError } from '../diagnostics/index.js';
import { createProgram } from './program.js';
import { createTerminal, type ProcessLike } from './terminal.js';

/**
 * Runs one command line and says how it ended; the only place that turns errors into exit codes.
 * A known error prints what is wrong, an unknown one keeps its stack and asks for a report.
 * @param argv as in process.argv
 * @returns the exit code, see ExitCode
 */
export async function runCli(argv: readonly string[], host: ProcessLike): Promise<number> {
  const terminal = createTerminal(host);
  try {
    await createProgram(terminal).parseAsync(argv);
    return ExitCode.done;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? ExitCode.done : ExitCode.wrongInput;
    }
    if (error instanceof PkgrError) {
      if (error.diagnostics.length > 0) terminal.say(formatDiagnostics(error.diagnostics));
      return error.exitCode;
    }
    const stack = error instanceof Error ? error.stack : String(error);
    terminal.say(`pkgr has a defect; please report it with the lines below.\n${stack}`);
    return ExitCode.defect;
  } finally {
    terminal.close();
  }
}
