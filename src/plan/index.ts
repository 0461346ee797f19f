/** A project in, a build plan out: plain data that says what is to be built. Pure. */
export { groupBy, type NonEmpty } from './group-by.js';
export { fullImageName } from './image-name.js';
export { type DockerfileBase, type OwnBase, ownBaseOf } from './own-base.js';
export { builtWith, imageOwner, imagesOfBase, type StageOwner, stageOwners } from './owners.js';
export { bytecodeOfPackages } from './package-zips.js';
export * from './plan.js';
export { planProject } from './plan-project.js';
export { type RequirementFiles, requirementFiles } from './requirement-files.js';
export { shareOut } from './share-out.js';
export { derivedStages } from './stage-names.js';
export { withLayers } from './verification.js';
export { packedAlone } from './zip-batches.js';
