import type { Diagnostic } from '../../diagnostics/index.js';
import type { DocumentPath, SourceDocument } from '../source.js';
import { type Accepted, acceptedValues, isMapping, valueAt } from './accepted.js';
import { explain } from './explain.js';
import type { ManifestForm } from './form.js';
import { type Refusal, refusalsOf } from './issues.js';
import { meantKey } from './keys.js';
import type { PkgrManifest, PkgrUnit } from './manifest.js';
import { keys, schema } from './schema.js';
import { readSection } from './section.js';

export interface PkgrReading {
  /** What could be read; values that were refused are left out. Absent when nothing could. */
  readonly manifest?: PkgrManifest;
  readonly diagnostics: readonly Diagnostic[];
}

const pkgrForm: ManifestForm = {
  schema,
  keys,
  output: ['output'],
  beginning: 'functions: {hello: {runtime: python3.13, include: functions/hello/}}',
};

/** From the document of a pkgr.yml to its typed form, with everything that the schema refuses. */
export function readPkgrDocument(document: SourceDocument): PkgrReading {
  return readSections(document, pkgrForm);
}

/** From a document to its typed form, for any dialect whose manifests are made of such sections. */
export function readSections(document: SourceDocument, form: ManifestForm): PkgrReading {
  const { value } = document;
  const emptyManifest = () => emptyManifestOf(document, form);
  if (value === null) return { diagnostics: [emptyManifest()] };
  const issues = form.schema.safeParse(value).error?.issues ?? [];
  const refusals = withoutEchoes(refusalsOf(issues), value, form);
  const diagnostics = refusals.map((refusal) => explain(refusal, document, form));
  if (!isMapping(value)) return { diagnostics };
  const refusedPaths = refusals.map((refusal) => refusedPath(refusal, form));
  const manifest = collect(document, value, refusedPaths, form);
  const isEmpty =
    manifest.units.length === 0 &&
    !refusedPaths.some(([key]) => key === 'functions' || key === 'layers');
  return {
    manifest,
    diagnostics: isEmpty ? [...diagnostics, emptyManifest()] : diagnostics,
  };
}

function collect(
  document: SourceDocument,
  value: Readonly<Record<string, unknown>>,
  refusedPaths: readonly DocumentPath[],
  form: ManifestForm,
): PkgrManifest {
  const accepted = acceptedValues(document, refusedPaths);
  const refused = refusedKeys(refusedPaths, form);
  const section = (path: DocumentPath, content: unknown) =>
    readSection(path, content, refused(path), accepted, document);
  const units = (key: 'functions' | 'layers', kind: PkgrUnit['kind']): readonly PkgrUnit[] =>
    namesOf(value[key], key, accepted).map(([name, content]) => ({
      kind,
      name,
      ...section([key, name], content),
    }));
  const output = accepted.text(form.output, valueAt(value, form.output));
  return {
    ...(output && { output }),
    global: section(['global'], value.global),
    units: [...units('functions', 'function'), ...units('layers', 'layer')],
  };
}

/** A unit that is no mapping is left out: nothing can be said about it. */
function namesOf(value: unknown, key: string, accepted: Accepted) {
  const entries = Object.entries(isMapping(value) ? value : {});
  return entries.filter(([name]) => !accepted.isRefused([key, name]));
}

/** The keys of each section of which something was refused; all of them when the section was. */
function refusedKeys(
  refusedPaths: readonly DocumentPath[],
  { keys }: ManifestForm,
): (section: DocumentPath) => ReadonlySet<string> {
  const bySection = new Map<string, Set<string>>();
  for (const path of refusedPaths) {
    const length = path[0] === 'global' ? 1 : 2;
    const section = JSON.stringify(path.slice(0, length));
    const found = bySection.get(section) ?? new Set();
    bySection.set(section, found);
    if (path.length > length) found.add(String(path[length]));
    else for (const key of keys.function) found.add(key);
  }
  return (section) => bySection.get(JSON.stringify(section)) ?? new Set();
}

/**
 * Without what is no mistake (top-level keys that begin with x- hold anchors), and without the
 * absence of a key that was only misspelt.
 */
function withoutEchoes(
  refusals: readonly Refusal[],
  value: unknown,
  form: ManifestForm,
): readonly Refusal[] {
  const real = refusals.filter((refusal) => !isAnchorPlace(refusal));
  const unknown = real.filter(({ kind }) => kind === 'unknown-key');
  const misspelt = new Set(unknown.map((refusal) => JSON.stringify(refusedPath(refusal, form))));
  return real.filter((refusal) => {
    if (refusal.kind !== 'wrong-type' || valueAt(value, refusal.path) !== undefined) return true;
    return !misspelt.has(JSON.stringify(refusal.path));
  });
}

/** Top-level keys that begin with x- hold anchors. */
function isAnchorPlace(refusal: Refusal): boolean {
  return (
    refusal.kind === 'unknown-key' && refusal.path.length === 0 && refusal.key.startsWith('x-')
  );
}

/** An unknown key speaks for the key that was meant, which is then not reported as missing. */
function refusedPath(refusal: Refusal, { keys }: ManifestForm): DocumentPath {
  if (refusal.kind !== 'unknown-key') return refusal.path;
  return [...refusal.path, meantKey(refusal.path, refusal.key, keys) ?? refusal.key];
}

function emptyManifestOf(document: SourceDocument, { beginning }: ManifestForm): Diagnostic {
  return {
    code: 'empty-manifest',
    severity: 'error',
    message: `${document.file} declares neither functions nor layers`,
    at: document.locate([]),
    hint: `begin with ${beginning}`,
  };
}
