import { formatDiagnostics } from '../../src/diagnostics/index.js';
import { readSource, type SourceDocument } from '../../src/manifest/index.js';

/** What is told about a text as YAML, as it is printed, a line each. */
export function toldOfText(text: string | Uint8Array): readonly string[] {
  const { diagnostics } = readSource('pkgr.yml', bytesOf(text));
  return diagnostics.length === 0 ? ['nothing'] : formatDiagnostics(diagnostics).split('\n');
}

/** The document of a text that is valid YAML. */
export function documentOf(text: string): SourceDocument {
  const { document, diagnostics } = readSource('pkgr.yml', bytesOf(text));
  if (document === undefined) throw new Error(formatDiagnostics(diagnostics));
  return document;
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}
