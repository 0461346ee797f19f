import { nearest } from '../../diagnostics/index.js';
import type { DocumentPath } from '../source.js';
import type { ManifestKeys } from './form.js';

/** The keys that a mapping at this place takes. */
function keysAt(path: DocumentPath, keys: ManifestKeys): readonly string[] {
  const [section] = path;
  const last = path.findLast((step) => typeof step === 'string');
  if (section === undefined) return keys.top;
  const key = path[section === 'global' ? 1 : 2];
  if (key === 'audit') return keys.audit;
  if (key === 'dockerfile') return keys.dockerfile;
  if (key === 'verify') return keys.verify;
  if (key !== undefined) return last === 'packages' ? keys.packages : keys.pathPair;
  if (section === 'global') return keys.global;
  return section === 'layers' ? keys.layer : keys.function;
}

/** The known key that an unknown one was probably meant to be; `apt` is the beginning of `apt-get`. */
export function meantKey(path: DocumentPath, key: string, keys: ManifestKeys): string | undefined {
  const known = keysAt(path, keys);
  return known.find((candidate) => candidate.startsWith(`${key}-`)) ?? nearest(key, known);
}

/** What a mapping is called whose keys are at fault: the same for all functions that share them. */
export function nameOfMapping(path: DocumentPath): string {
  if (path.length !== 2 || path[0] === 'global') return nameOfPath(path);
  return path[0] === 'layers' ? 'a layer' : 'a function';
}

/** Where a key that is unknown here does belong, or what is known here. */
export function unknownKeyHint(path: DocumentPath, key: string, keys: ManifestKeys): string {
  const meant = meantKey(path, key, keys);
  if (meant !== undefined) return `did you mean ${meant}?`;
  const isSection = path.length === (path[0] === 'global' ? 1 : 2);
  if (isSection && key === 'layers') return 'only a function names its layers';
  if (isSection && keys.top.includes(key)) return `${key} belongs to the top level of the file`;
  if (isSection && key === 'handler') return 'only a function has a handler';
  if (isSection && keys.layer.includes(key)) return `${key} belongs to a function or a layer`;
  if (path.length === 0 && keys.global.includes(key)) {
    return `${key} belongs to global, to a function or to a layer`;
  }
  return `the keys are ${keysAt(path, keys).join(', ')}`;
}

/** `the manifest`, `"packages"`, `an item of "packages"`, `function "hello"`. */
export function nameOfPath(path: DocumentPath): string {
  const last = path.at(-1);
  if (last === undefined) return 'the manifest';
  if (typeof last === 'number') {
    return `an item of ${JSON.stringify(path.findLast((step) => typeof step === 'string'))}`;
  }
  if (path.length !== 2 || path[0] === 'global') return JSON.stringify(last);
  return `${path[0] === 'layers' ? 'layer' : 'function'} ${JSON.stringify(last)}`;
}
