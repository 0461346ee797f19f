import type { Diagnostic } from '../../diagnostics/index.js';
import { isMapping, valueAt } from '../pkgr/accepted.js';
import { type PkgrReading, readSections } from '../pkgr/read.js';
import type { SourceDocument } from '../source.js';
import { juniperForm } from './schema.js';

/** Keys of `global` that juniper's own tests carry, although juniper never reads them. */
const unused = ['requirements', 'include'] as const;

/**
 * From the document of a juniper manifest to the same typed form that a pkgr.yml has; `global` has
 * no requirements and no include there.
 */
export function readJuniperDocument(document: SourceDocument): PkgrReading {
  const { manifest, diagnostics } = readSections(document, juniperForm);
  const deprecated = deprecatedPackage(document);
  const told = [
    ...(deprecated === undefined
      ? diagnostics
      : [...diagnostics.filter(({ at }) => !isSamePlace(at, deprecated.at)), deprecated]),
    ...unused.flatMap((key) => unusedGlobal(document, key)),
  ];
  if (manifest === undefined) return { diagnostics: told };
  const global = { ...manifest.global, requirements: [], include: [] };
  return { manifest: { ...manifest, global }, diagnostics: told };
}

/** Juniper ends with this advice, and builds nothing. */
function deprecatedPackage(document: SourceDocument): Diagnostic | undefined {
  const output = valueAt(document.value, ['package', 'output']);
  if (!output) return undefined;
  return {
    code: 'unknown-key',
    severity: 'error',
    message: 'the package section of a manifest is deprecated',
    at: document.locateKey(['package']),
    hint: `use the global section: global: {output: ${isPlain(output) ? output : './build'}}`,
  };
}

function isPlain(text: unknown): text is string {
  return typeof text === 'string' && /^[\w./-]{1,80}$/.test(text);
}

function isSamePlace(one: Diagnostic['at'], other: Diagnostic['at']): boolean {
  return one?.line === other?.line && one?.column === other?.column;
}

function unusedGlobal(
  document: SourceDocument,
  key: (typeof unused)[number],
): readonly Diagnostic[] {
  const global = valueAt(document.value, ['global']);
  if (!isMapping(global) || global[key] === undefined) return [];
  return [
    {
      code: 'ignored-key',
      severity: 'warning',
      message: `${key} of global has no effect: juniper passes over it, and so does pkgr here`,
      at: document.locateKey(['global', key]),
      hint: `write it in each function, or move to pkgr.yml, where ${key} of global is for all functions`,
    },
  ];
}
