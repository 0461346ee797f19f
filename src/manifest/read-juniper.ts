import type { PkgrReading } from './pkgr/index.js';
import type { SourceDocument } from './source.js';

/** From the document of a juniper manifest to its typed form; the schema is loaded only here. */
export async function readJuniperManifest(document: SourceDocument): Promise<PkgrReading> {
  const { readJuniperDocument } = await import('./juniper/index.js');
  return readJuniperDocument(document);
}
