/** pkgr.yml, pkgr's own dialect: from a document to its typed form, and its JSON Schema. */
export type {
  PkgrArgument,
  PkgrDockerfile,
  PkgrInclude,
  PkgrManifest,
  PkgrPackages,
  PkgrPrune,
  PkgrSection,
  PkgrUnit,
} from './manifest.js';
export { type PkgrReading, readPkgrDocument } from './read.js';
