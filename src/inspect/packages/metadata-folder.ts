import { posix } from 'node:path';
import { type Diagnostic, PkgrError } from '../../diagnostics/index.js';
import type { OpenZip, ZipEntry } from '../../zip/index.js';
import { readInstalledFiles, readRequiresTxt } from './egg-info.js';
import { type Headers, readHeaders } from './headers.js';
import { type InstalledPackage, type PackageLicence, packageKey } from './package.js';
import { type RecordedFile, readRecord } from './record.js';

/** The files of one `*.dist-info` or `*.egg-info` folder, by their paths in it. */
export interface MetadataFolder {
  /** Path in the zip. */
  readonly path: string;
  readonly files: ReadonlyMap<string, ZipEntry>;
}

/** A package, and the files that it says are its own, by their paths in the zip. */
export interface DescribedPackage extends Omit<InstalledPackage, 'entries' | 'replaced'> {
  readonly recorded: readonly RecordedFile[];
}

/** Bytes that one file of metadata may have; the longest RECORDs have a tenth of it. */
const LARGEST = 32 << 20;

/** Bytes of metadata that are read of one zip. */
const BUDGET = 512 << 20;

/** Reads texts out of a zip until there were too many of them. */
export function metadataReader(zip: OpenZip): (entry: ZipEntry | undefined) => string | undefined {
  let left = BUDGET;
  return (entry) => {
    if (entry?.kind !== 'file') return undefined;
    left -= entry.size;
    if (left < 0) throw new PkgrError([tooMuch(zip)]);
    return zip.read(entry, LARGEST).toString('utf8');
  };
}

/** Reads what a folder of metadata says; a folder that says nothing is still one by its name. */
export function describePackage(
  folder: MetadataFolder,
  read: (entry: ZipEntry | undefined) => string | undefined,
): DescribedPackage {
  const text = (name: string) => read(folder.files.get(name));
  const headers = readHeaders(text('METADATA') ?? text('PKG-INFO') ?? '');
  const first = (field: string) => headers.get(field)?.find((value) => value !== '');
  const byName = nameAndVersion(posix.basename(folder.path));
  const name = first('name') ?? byName.name;
  const required = headers.get('requires-dist') ?? readRequiresTxt(text('requires.txt') ?? '');
  const summary = first('summary');
  const homePage = first('home-page') ?? homeOf(headers);
  const author = first('author') ?? first('author-email');
  return {
    name,
    key: packageKey(name),
    version: first('version') ?? byName.version,
    metadataFolder: folder.path,
    requires: required,
    extras: headers.get('provides-extra') ?? [],
    tags: readHeaders(text('WHEEL') ?? '').get('tag') ?? [],
    requested: folder.files.has('REQUESTED'),
    licence: licenceOf(headers, folder),
    ...(summary !== undefined && { summary }),
    ...(homePage !== undefined && { homePage }),
    ...(author !== undefined && { author }),
    recorded: recordedFiles(folder, text, name),
  };
}

/** Paths in the zip; of a package that lists nothing, the modules of its top level. */
function recordedFiles(
  folder: MetadataFolder,
  text: (name: string) => string | undefined,
  name: string,
): readonly RecordedFile[] {
  const parent = posix.dirname(folder.path);
  const below = (file: RecordedFile) =>
    parent === '.' ? file : { ...file, path: `${parent}/${file.path}` };
  const record = text('RECORD');
  if (record !== undefined) return readRecord(record).map(below);
  const installed = text('installed-files.txt');
  if (installed !== undefined) {
    return readInstalledFiles(installed, posix.basename(folder.path)).map(below);
  }
  const modules = text('top_level.txt')?.split(/\s+/) ?? [packageKey(name).replaceAll('-', '_')];
  const isModule = (module: string) => module !== '' && !module.includes('..');
  // A slash at the end is for everything below.
  return modules
    .filter(isModule)
    .flatMap((module) => [`${module}/`, `${module}.py`].map((path) => below({ path })));
}

function licenceOf(headers: Headers, folder: MetadataFolder): PackageLicence {
  const first = (field: string) => headers.get(field)?.find((value) => value !== '');
  const expression = first('license-expression');
  const text = first('license');
  const isLicence = /^(licenses\/.+|(licen[cs]e|copying|notice|authors)[^/]*)$/i;
  return {
    ...(expression !== undefined && { expression }),
    ...(text !== undefined && { text }),
    classifiers: (headers.get('classifier') ?? []).filter((each) => /^License\s*::/.test(each)),
    files: [...folder.files].flatMap(([path, entry]) => (isLicence.test(path) ? entry.path : [])),
  };
}

/** Home-page is old; since then it is one of the labelled Project-URLs. */
function homeOf(headers: Headers): string | undefined {
  const labelled = (headers.get('project-url') ?? []).map((value) => value.split(/,\s*/, 2));
  const isHome = /^(home-?\s?page|home|source|source code|repository|github)$/i;
  return labelled.find(([label = '']) => isHome.test(label))?.[1];
}

function nameAndVersion(folder: string): { readonly name: string; readonly version: string } {
  const stem = folder.replace(/\.(dist|egg)-info$/, '').replace(/-py\d+(\.\d+)?$/, '');
  const dash = stem.indexOf('-');
  return dash < 0
    ? { name: stem, version: '' }
    : { name: stem.slice(0, dash), version: stem.slice(dash + 1) };
}

function tooMuch({ shown }: OpenZip): Diagnostic {
  return {
    code: 'zip-bomb',
    severity: 'error',
    message: `${shown} has more than ${BUDGET} bytes of package metadata`,
    hint: 'no real set of packages has; do not unpack it',
  };
}
