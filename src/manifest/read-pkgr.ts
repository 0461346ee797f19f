import type { PkgrReading } from './pkgr/index.js';
import type { SourceDocument } from './source.js';

/**
 * From the document of a pkgr.yml to its typed form, with everything that its schema refuses. The
 * schema is loaded only here: that takes longer than most manifests take to read.
 */
export async function readPkgrManifest(document: SourceDocument): Promise<PkgrReading> {
  const { readPkgrDocument } = await import('./pkgr/index.js');
  return readPkgrDocument(document);
}
