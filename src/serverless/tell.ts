import {
  type Diagnostic,
  formatDiagnostic,
  formatDiagnostics,
  PkgrError,
} from '../diagnostics/index.js';
import type { Door, Writers } from './framework.js';

/** What stops nothing; the framework puts its own "Warning:" before warnings. */
export function sayDiagnostics(diagnostics: readonly Diagnostic[], { log }: Writers): void {
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity === 'notice') log.notice(formatDiagnostic(diagnostic));
    else log.warning(formatDiagnostic(diagnostic, 'severity is told'));
  }
}

/**
 * An error as the framework tells its own, without a stack; it ends with exit code 1 for all of them.
 * Anything else than a PkgrError is a defect and stays as it is, with its stack.
 */
export function asFrameworkError(error: unknown, { framework, writers }: Door): unknown {
  if (!(error instanceof PkgrError)) return error;
  const { diagnostics } = error;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  sayDiagnostics(
    diagnostics.filter((diagnostic) => !errors.includes(diagnostic)),
    writers,
  );
  const code = (errors[0]?.code ?? 'stopped').replaceAll('-', '_').toUpperCase();
  const text = errors.length === 0 ? 'Packaging was stopped.' : formatDiagnostics(errors);
  return new framework.classes.Error(text, `PKGR_${code}`);
}

/**
 * The framework's writers, for text as it is: their logs take a format, of which `%%` alone is not
 * itself where nothing follows it.
 */
export function literally({ log, progress }: Writers): Writers {
  const literal = (write: (format: string) => void) => (text: string) =>
    write(text.replaceAll('%', '%%'));
  const { info, notice, warning, success } = log;
  return {
    log: {
      info: literal(info),
      notice: literal(notice),
      warning: literal(warning),
      success: literal(success),
    },
    progress,
  };
}
