import type { Diagnostic, DiagnosticCode, Location } from '../diagnostics/index.js';
import type { FileHash } from './existing.js';

/** A file that was to be written. */
export interface Destination {
  /** The path as the user knows it. */
  readonly shown: string;
  readonly at?: Location;
}

/** What the operating system's code means for a person; other codes are given as they are. */
const reasons: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  EISDIR: ['a folder of that name is there', 'Move it away, or choose another `zip:` or output.'],
  ENOTDIR: ['a part of its path is a file', 'Move it away, or choose another output folder.'],
  EEXIST: ['a part of its path is a file', 'Move it away, or choose another output folder.'],
  EACCES: ['this user may not write there', 'Check who owns the folder and its mode.'],
  EPERM: ['this user may not write there', 'Check who owns the folder and its mode.'],
  EROFS: ['the file system is read-only', 'Choose another output folder.'],
  ENAMETOOLONG: ['the name is too long for the file system', 'Give the unit a shorter name.'],
};

/** Says why a result could not be written. */
export function writeFailed(destination: Destination, error: unknown): Diagnostic {
  const { shown } = destination;
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = `There is no space left on the disk for ${shown}`;
    return diagnostic('disk-full', message, 'Make room and build again.', destination);
  }
  const [reason, hint] = reasons[code] ?? [error instanceof Error ? error.message : String(error)];
  return diagnostic('write-failed', `${shown} could not be written: ${reason}`, hint, destination);
}

/** Says that a zip is not the one the engine announced. */
export function mismatch(
  destination: Destination & { readonly digest: FileHash },
  arrived: FileHash,
): Diagnostic {
  const { shown, digest } = destination;
  const message = `${shown} did not arrive as the engine built it: sha256 ${arrived.sha256} (${arrived.size} bytes) instead of ${digest.sha256} (${digest.size} bytes)`;
  const hint = 'Build again; an earlier zip was left as it was.';
  return diagnostic('digest-mismatch', message, hint, destination);
}

function diagnostic(
  code: DiagnosticCode,
  message: string,
  hint: string | undefined,
  { at }: Destination,
): Diagnostic {
  return {
    code,
    severity: 'error',
    message,
    ...(at === undefined ? {} : { at }),
    ...(hint === undefined ? {} : { hint }),
  };
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
