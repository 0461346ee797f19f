import {
  type Diagnostic,
  type DiagnosticCode,
  type Location,
  nearest,
} from '../../diagnostics/index.js';
import type { DocumentPath, SourceDocument } from '../source.js';
import { valueAt } from './accepted.js';
import type { ManifestForm } from './form.js';
import type { Refusal } from './issues.js';
import { meantKey, nameOfMapping, nameOfPath, unknownKeyHint } from './keys.js';
import { runtimes } from './values.js';

/** What a refusal of the schema means to the person who wrote the manifest. */
export function explain(
  refusal: Refusal,
  document: Pick<SourceDocument, 'value' | 'locate' | 'locateKey'>,
  form: Pick<ManifestForm, 'keys' | 'lenientReader'>,
): Diagnostic {
  const { path } = refusal;
  const name = nameOfPath(path);
  if (refusal.kind === 'unknown-key') return unknownKey(path, refusal.key, document, form);
  const { kind, text, hint, choices = [] } = refusal;
  if (kind === 'bad-key') {
    const message = `${JSON.stringify(path.at(-1))} ${text}`;
    return error('invalid-value', message, document.locateKey(path), hint);
  }
  const value = valueAt(document.value, path);
  if (value === undefined) {
    const at = document.locate(path.slice(0, -1));
    return error('missing-key', `${name} is missing`, at, `add ${path.at(-1)}: with ${text}`);
  }
  const at = document.locate(path);
  if (kind === 'wrong-type' || (kind === 'not-a-choice' && typeof value !== 'string')) {
    const message = `${name} takes ${text}, not ${typeName(value)}`;
    const remedy = value === null ? `give it a value or remove the key; ${hint}` : hint;
    return error('wrong-type', message, at, remedy);
  }
  if (kind === 'not-allowed') return error('invalid-value', `${shown(value)} ${text}`, at, hint);
  const message = `${shown(value)} is not ${text} that pkgr knows`;
  if (path.at(-1) !== 'runtime') {
    const meant = nearest(String(value), choices);
    const remedy = meant === undefined ? hint : `did you mean ${meant}?`;
    return error('invalid-value', message, at, remedy);
  }
  return error('unsupported-runtime', message, at, runtimeHint(String(value), hint));
}

function unknownKey(
  path: DocumentPath,
  key: string,
  document: Pick<SourceDocument, 'locateKey'>,
  { keys, lenientReader }: Pick<ManifestForm, 'keys' | 'lenientReader'>,
): Diagnostic {
  const at = document.locateKey([...path, key]);
  const message = `${nameOfMapping(path)} has no key ${JSON.stringify(key)}`;
  const hint = unknownKeyHint(path, key, keys);
  if (lenientReader === undefined || meantKey(path, key, keys) !== undefined) {
    return error('unknown-key', message, at, hint);
  }
  const told = `${message}: ${lenientReader} passes over it, and so does pkgr here`;
  return { code: 'ignored-key', severity: 'warning', message: told, at, hint };
}

function error(code: DiagnosticCode, message: string, at: Location, hint: string): Diagnostic {
  return { code, severity: 'error', message, at, hint };
}

function runtimeHint(value: string, hint: string): string {
  const meant = /^python\d/.test(value) ? undefined : nearest(value, runtimes);
  if (meant !== undefined) return `did you mean ${meant}?`;
  return `${hint}; pkgr builds for ${runtimes[0]} to ${runtimes.at(-1)}`;
}

function typeName(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? `the number ${value}` : `the truth value ${value}`;
}

/** The value as it can be quoted in one line. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 80 ? `${text.slice(0, 76)}..."` : text;
}
