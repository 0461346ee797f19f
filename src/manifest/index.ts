/** From the bytes of a manifest to checked, typed data of its dialect, with a place for each value. */
export { isIgnorePattern, patternTokens, rangesOfSet } from './pattern.js';
export { isMapping } from './pkgr/accepted.js';
export type {
  PkgrArgument,
  PkgrDockerfile,
  PkgrInclude,
  PkgrManifest,
  PkgrPackages,
  PkgrPrune,
  PkgrReading,
  PkgrSection,
  PkgrUnit,
} from './pkgr/index.js';
export { runtimes } from './pkgr/runtimes.js';
export { readJuniperManifest } from './read-juniper.js';
export { readPkgrManifest } from './read-pkgr.js';
export { readServerless, readServerlessManifest } from './read-serverless.js';
export type {
  DockerEnv,
  ServerlessFunction,
  ServerlessLayer,
  ServerlessLayerUse,
  ServerlessManifest,
  ServerlessPackage,
  ServerlessReading,
  ServerlessService,
  SoclessOptions,
  UnresolvedVariable,
  VariableInputs,
} from './serverless/index.js';
export {
  type DocumentPath,
  type Located,
  type ReadSource,
  readSource,
  type SourceDocument,
  type SourceForm,
} from './source.js';
