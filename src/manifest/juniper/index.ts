/** juniper's manifest.yml: from a document to the typed form that pkgr.yml has. */
export { readJuniperDocument } from './read.js';
