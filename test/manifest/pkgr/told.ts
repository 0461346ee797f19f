import { formatDiagnostics } from '../../../src/diagnostics/index.js';
import { readPkgrManifest } from '../../../src/manifest/index.js';
import { documentOf } from '../read-text.js';

/** What the schema tells about a manifest, as it is printed, a line each. */
export async function told(...lines: readonly string[]): Promise<readonly string[]> {
  const { diagnostics } = await readPkgrManifest(documentOf(lines.join('\n')));
  return diagnostics.length === 0 ? ['nothing'] : formatDiagnostics(diagnostics).split('\n');
}

/** What it tells about a key of a function. */
export function toldOf(key: string, value: string): Promise<readonly string[]> {
  return told(`functions: {h: {${key}: ${value}}}`);
}
