import { Problem } from '../context/index.js';
import { type Diagnostic, ExitCode, type Location, PkgrError } from '../diagnostics/index.js';

export { Problem };

/** What the operating system's codes mean for a person; other codes are given as they are. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not read or write it',
  EPERM: 'this user may not read or write it',
  ENOENT: 'it is gone',
  EMFILE: 'this process has too many files open',
  EROFS: 'the file system is read-only',
};

/**
 * What ended it, as a diagnostic of the unit.
 * @throws the error itself when it is neither a Problem nor the operating system's: a defect
 */
export function diagnosticOf(error: unknown, unit: string, at: Location): Diagnostic {
  if (error instanceof Problem) {
    const { code, message, hint, details } = error;
    return {
      code,
      severity: 'error',
      message,
      at,
      ...(hint !== undefined && { hint }),
      ...(details.length > 0 && { details }),
    };
  }
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error;
  const code = String(error.code);
  const path = 'path' in error && typeof error.path === 'string' ? error.path : 'a file';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = `there is no space left on the disk to pack ${unit}`;
    return { code: 'disk-full', severity: 'error', message, at, hint: 'make room and build again' };
  }
  const message = `${unit} cannot be packed because of ${path}: ${reasons[code] ?? error.message}`;
  return { code: 'build-failed', severity: 'error', message, at };
}

/** Ends the whole build. */
export function interrupted(): PkgrError {
  const diagnostic: Diagnostic = {
    code: 'interrupted',
    severity: 'error',
    message: 'The build was interrupted',
  };
  return new PkgrError([diagnostic], ExitCode.interrupted);
}
