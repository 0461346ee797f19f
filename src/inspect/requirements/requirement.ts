import { packageKey } from '../packages/index.js';

/** A requirement's text in its parts (PEP 508), apart from the versions that it allows. */
export interface ParsedRequirement {
  /** The package, as names are compared. */
  readonly key: string;
  readonly extras: readonly string[];
  /** What stands behind the semicolon; '' for always. */
  readonly marker: string;
}

/** Characters of a requirement that is read; no real one has a tenth, and zips may hold anything. */
const LONGEST = 4000;

const named = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?\s*(@?)/;

/**
 * Reads a requirement that names a package, be it one from an index, of a URL behind `@`, or an
 * archive whose file name tells. undefined for a folder, or a URL that tells no name.
 */
export function parseRequirement(text: string): ParsedRequirement | undefined {
  if (text.length > LONGEST) return undefined;
  const { subject, marker } = splitMarker(text);
  const archive = nameOfArchive(subject);
  if (archive !== undefined) {
    const extras = /\[([^\]]*)\]\s*$/.exec(subject)?.[1] ?? '';
    return { key: packageKey(archive), extras: extrasOf(extras), marker };
  }
  if (/^\s*[.~/]|^[^@[<>=]*[/:]/.test(subject)) return undefined;
  const [, name, extras = ''] = named.exec(subject) ?? [];
  if (name === undefined) return undefined;
  return { key: packageKey(name.replace(/[._-]+$/, '')), extras: extrasOf(extras), marker };
}

/** The last part of a path or URL without its name and version, for requirements that tell no name. */
export function lastFolder(text: string): string {
  const { subject } = splitMarker(text.slice(0, LONGEST));
  const path = subject.replace(/[#?[].*$/s, '').replace(/\/+$/, '');
  return packageKey(path.slice(path.lastIndexOf('/') + 1).replace(/\.git(@.*)?$/, ''));
}

/** In front of the marker of a URL there is a blank, since a URL may hold a semicolon. */
function splitMarker(text: string): { readonly subject: string; readonly marker: string } {
  const at = /[a-z]:\/\//i.test(text) ? text.indexOf(' ;') + 1 || -1 : text.indexOf(';');
  if (at < 0) return { subject: text.trim(), marker: '' };
  return { subject: text.slice(0, at).trim(), marker: text.slice(at + 1).trim() };
}

/** `#egg=NAME`, or what the name of a wheel or an sdist begins with (PyPA, "Binary distribution format"). */
function nameOfArchive(subject: string): string | undefined {
  const egg = /[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(subject)?.[1];
  if (egg !== undefined) return egg;
  if (/^[^/:]*@/.test(subject)) return undefined;
  const path = subject.replace(/[#?].*$/s, '').replace(/\[[^\]]*\]\s*$/, '');
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (/\.whl$/i.test(file)) return file.slice(0, Math.max(0, file.indexOf('-'))) || undefined;
  return /^(.+)-\d[^-]*\.(zip|tar|tgz|tbz|tar\.(gz|bz2|xz))$/i.exec(file.slice(-300))?.[1];
}

function extrasOf(text: string): readonly string[] {
  return text.split(',').flatMap((extra) => (extra.trim() === '' ? [] : packageKey(extra.trim())));
}
