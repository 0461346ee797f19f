import { posix } from 'node:path';
import { whyNoCopy } from '../paths/copyable.js';

/** Where a written path leads, judged by its text alone. */
export type Place =
  /** `path` is POSIX and below the project; '' is the project itself. */
  | { readonly kind: 'inside'; readonly path: string }
  | { readonly kind: 'outside' }
  | { readonly kind: 'absolute' }
  | { readonly kind: 'unnameable'; readonly why: string };

/** PATH_MAX of Linux, in bytes; a character takes at least one. */
const longestPath = 4096;

/** Resolves a path that was written in a folder of the project, or at its root (''). */
export function placeOf(written: string, folder: string): Place {
  const why = unnameable(written);
  if (why !== undefined) return { kind: 'unnameable', why };
  if (written.startsWith('/') || /^[A-Za-z]:\//.test(written)) return { kind: 'absolute' };
  const path = posix.join(folder, written).replace(/\/$/, '');
  if (path === '..' || path.startsWith('../')) return { kind: 'outside' };
  const whyNot = whyNoCopy(path);
  if (whyNot !== undefined) return { kind: 'unnameable', why: whyNot };
  return { kind: 'inside', path: path === '.' ? '' : path };
}

/** Why a Dockerfile cannot name the path: its parser reads escapes and line ends, and trims blanks. */
function unnameable(path: string): string | undefined {
  if (path.length > longestPath) return 'is longer than any path';
  if (path.includes('\\')) return 'has a backslash';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters looked for
  if (/[\u0000-\u001f\u007f-\u009f]/.test(path)) return 'has a control character';
  if (/\p{Surrogate}/u.test(path)) return 'has half a character';
  if (path.trim() !== path) return 'starts or ends with a blank';
  return undefined;
}
