import { markerProblem, type Refusal } from './marker.js';
import { hasVariable, quote } from './quote.js';
import { readSpecifier } from './specifier.js';
import { isScpPath, isUrl, readUrl, schemeOf, urlRefusal } from './url.js';

/** Where pip gets a requirement from, as far as its text tells. */
export type Target =
  /** An environment variable decides. */
  | { readonly kind: 'unchecked'; readonly ssh: boolean }
  | { readonly kind: 'index' }
  | { readonly kind: 'remote'; readonly ssh: boolean }
  /** A repository on this machine, which no image has. */
  | { readonly kind: 'local-repository' }
  | LocalTarget
  | Refusal;

/** A file or folder; a path without a slash at its start counts from pip's working directory. */
export interface LocalTarget {
  readonly kind: 'local';
  readonly path: string;
  readonly needs: 'anything' | 'folder';
  /** The folder of the project inside the path, when the URL gives one. */
  readonly subdirectory: string;
  /** Extras and marker, to write the requirement anew with another path. */
  readonly suffix: string;
  /** Written as a path that must be an archive or a project; a file: URL may name any archive. */
  readonly writtenAs: 'path' | 'url';
  /** What is wrong with the text when no such file exists. */
  readonly otherwise?: Refusal;
}

/** pip's ARCHIVE_EXTENSIONS (pip/_internal/utils/filetypes.py). */
const archive = /[^/.][^/]*\.(zip|whl|tar|tgz|tbz|txz|tlz|tar\.(gz|bz2|xz|lz|lzma))$/i;

/** Whether pip takes the name for a wheel's or an sdist's. */
export function isArchive(path: string): boolean {
  return archive.test(path.slice(-300));
}

/** Reads a requirement as pip's parse_req_from_line does (pip/_internal/req/constructors.py). */
export function readRequirement(text: string): Target {
  if (hasVariable(text)) return unchecked(text);
  const url = isUrl(text);
  const { name, marker } = splitMarker(text, url ? '; ' : ';');
  const badMarker = marker === '' ? undefined : markerProblem(marker);
  if (badMarker !== undefined) return badMarker;
  const markerSuffix = marker === '' ? '' : ` ; ${marker}`;
  if (url) return readUrl(name, markerSuffix);
  const { path, extras } = splitExtras(name);
  const local: LocalTarget = {
    kind: 'local',
    path,
    needs: 'anything',
    subdirectory: '',
    suffix: extras + markerSuffix,
    writtenAs: 'path',
  };
  const specifier = readSpecifier(name);
  if (specifier.kind === 'direct') {
    if (isUrl(specifier.url)) return readUrl(specifier.url, markerSuffix);
    if (isScpPath(name)) return urlRefusal(name);
    const otherwise = urlRefusal(specifier.url);
    return schemeOf(specifier.url) === undefined ? { ...local, otherwise } : otherwise;
  }
  if (isArchive(path.replace(/\/$/, ''))) return local;
  if (specifier.kind === 'named') return { kind: 'index' };
  if (isScpPath(name) || /^[a-z][a-z0-9+.-]+:\/\//i.test(name)) return urlRefusal(name);
  if (name.includes('/') || name.startsWith('.')) return local;
  return specifier;
}

/** Reads what follows `-e` as pip's parse_editable does. */
export function readEditable(text: string): Target {
  if (hasVariable(text)) return unchecked(text);
  const { path, extras } = splitExtras(text);
  const local: LocalTarget = {
    kind: 'local',
    path,
    needs: 'folder',
    subdirectory: '',
    suffix: extras,
    writtenAs: 'path',
  };
  if (schemeOf(path) === 'file') return editableUrl(path, extras);
  // Since pip 25 also NAME @ URL, with a marker, may stand here.
  const specifier = readSpecifier(splitMarker(text, ';').name);
  if (specifier.kind === 'direct' && schemeOf(specifier.url) !== undefined) {
    return editableUrl(specifier.url, extras);
  }
  // pip completes git:HOST/PATH and the like.
  const completed = text.replace(/^(git|hg|svn|bzr):/i, '$1+$&');
  if (schemeOf(completed) === undefined) {
    return isScpPath(text) ? urlRefusal(text) : local;
  }
  if (completed === text && !isUrl(text)) return urlRefusal(text);
  const read = editableUrl(completed, extras);
  if (read.kind !== 'remote' || /[#&]egg=[^&]/.test(text)) return read;
  return {
    kind: 'invalid',
    problem: `-e ${quote(text)} does not tell the package's name`,
    hint: 'add #egg=NAME at its end',
  };
}

function editableUrl(url: string, suffix: string): Target {
  if (/^(https?|ftp):/i.test(url)) {
    return {
      kind: 'invalid',
      problem: `-e ${quote(url)} is neither a project folder nor a repository`,
      hint: 'remove -e to install an archive, or write git+ before the URL of a repository',
    };
  }
  const read = readUrl(url, suffix);
  return read.kind === 'local' ? { ...read, needs: 'folder' } : read;
}

function unchecked(text: string): Target {
  return {
    kind: 'unchecked',
    ssh: /(^|[\s@])(git|hg|svn|bzr)\+(ssh|sftp):/i.test(text.slice(0, 4000)),
  };
}

function splitMarker(text: string, separator: string): { name: string; marker: string } {
  const at = text.indexOf(separator);
  if (at === -1) return { name: text.trim(), marker: '' };
  return { name: text.slice(0, at).trim(), marker: text.slice(at + separator.length).trim() };
}

/** `path[extra]` is parted at the last bracket that encloses something. */
function splitExtras(text: string): { path: string; extras: string } {
  const open = text.endsWith(']') ? text.lastIndexOf('[', text.length - 3) : -1;
  const inner = text.slice(open + 1, -1);
  if (open < 1 || inner.includes(']')) return { path: text, extras: '' };
  return { path: text.slice(0, open).trimEnd(), extras: text.slice(open) };
}
