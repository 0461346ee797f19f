/** Every dialect of manifest resolved to the same units, with every path checked. */
export type { Bytecode } from './bytecode.js';
export { defaultImage, defaultRuntimeImage } from './default-image.js';
export * from './ignore-patterns/index.js';
export {
  type LoadedProject,
  type LoadOptions,
  loadProject,
  loadService,
  type ServiceOptions,
} from './load.js';
export * from './own-dockerfile/index.js';
export { ownFiles } from './own-files.js';
export { createTree } from './paths/tree.js';
export { type PruneChoice, pruneChoicesOf } from './prune.js';
export { requirementKind } from './requirement-sources.js';
export { type AskedRequirement, followRequirements } from './requirements/index.js';
export { logicalLines as requirementLines } from './requirements/lines.js';
export * from './unit.js';
