import type { DiagnosticCode } from '../../diagnostics/index.js';

/** A path of a manifest, as text says it. */
export type PathReading =
  | {
      readonly kind: 'path';
      /** POSIX, without `.`, `..` and slashes at the ends; '' is the folder it starts from. */
      readonly path: string;
      /** It ends in a slash (or is `.`), so that a folder is meant. */
      readonly isFolder: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly code: DiagnosticCode;
      readonly message: string;
      readonly hint: string;
    };

/** No file system has longer ones. */
const maxLength = 4096;

/**
 * Reads a path that must stay below a folder and be nameable in a Dockerfile. Nothing is looked up.
 * @param inside what it has to stay in, such as "the project folder"
 */
export function readPath(text: string, inside: string): PathReading {
  const shown = shownPath(text);
  if (text === '') {
    const hint = `write ./ for ${inside} itself`;
    return { kind: 'refused', code: 'invalid-value', message: 'the path is empty', hint };
  }
  if (text.length > maxLength) {
    const message = `${shown} is longer than a path can be`;
    return { kind: 'refused', code: 'invalid-value', message, hint: 'write a shorter path' };
  }
  const unnameable = unnameableReason(text);
  if (unnameable !== undefined) {
    return { kind: 'refused', code: 'unnameable-path', ...unnameable };
  }
  if (/^([/~]|[A-Za-z]:)/.test(text)) {
    const message = `${shown} does not start from ${inside}`;
    const hint = `write it relative to ${inside}, such as functions/hello/`;
    return { kind: 'refused', code: 'outside-project', message, hint };
  }
  const path = normalize(text);
  if (path === undefined) {
    const message = `${shown} leads out of ${inside}`;
    const hint = `only what is in ${inside} can be used: copy it there, or move the manifest up`;
    return { kind: 'refused', code: 'outside-project', message, hint };
  }
  return { kind: 'path', path, isFolder: /(^|\/)\.{0,2}$/.test(text) };
}

/** The path in a message; JSON's quotes make blanks at its ends visible. */
export function shownPath(path: string): string {
  const text = path.length > 200 ? `${path.slice(0, 200)}...` : path;
  return /^[^\s"'\p{Cc}]+$/u.test(text) ? text : JSON.stringify(text);
}

/**
 * What keeps a path from being written in a COPY: BuildKit trims blanks, and neither it nor its
 * parser has an escape for the others.
 */
function unnameableReason(text: string): { message: string; hint: string } | undefined {
  const shown = shownPath(text);
  const hint = 'rename it, or include the folder that it is in';
  if (text.includes('\\')) {
    const message = `${shown} has a backslash, which cannot be named in a Dockerfile`;
    return { message, hint: 'write / between folders; a name itself cannot have a backslash' };
  }
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) {
    const message = `${shown} has a control character, which cannot be named in a Dockerfile`;
    return { message, hint };
  }
  if (text.split('/').some((name) => /^\s|\s$/u.test(name))) {
    const message = `${shown} has a name with a blank at an end, which cannot be named in a Dockerfile`;
    return { message, hint };
  }
  return undefined;
}

/** Undefined when it leads above its start. */
function normalize(text: string): string | undefined {
  const names: string[] = [];
  for (const name of text.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined) return undefined;
  }
  return names.join('/');
}
