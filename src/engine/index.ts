/**
 * The Docker engine: Dockerfile text and a build context go in, a tar stream and what happened
 * come out. The only folder that starts the docker command.
 */
export type { SecretFile } from './build-arguments.js';
export { type Builder, findBuilders } from './builders.js';
export { cacheSpecProblem, withoutSecrets } from './cache-specs.js';
export { type Engine, probeEngine } from './capabilities.js';
export { dockerCommand } from './docker.js';
export { describeFailure, type FailurePlace, failureExitCode } from './explain.js';
export type { EngineReason, ImageReason, SolveFailure } from './failure.js';
export { currentGeneration, type Generation, newGeneration } from './generation.js';
export { imageDigests } from './image-digests.js';
export { inspectImages, type LocalImage } from './local-images.js';
export { type LogTail, lastLogLine, logLines } from './log-tail.js';
export { type OwnWords, ownWords } from './own-words.js';
export {
  instructionOf,
  mergeProgress,
  noProgress,
  type Progress,
  reduceProgress,
  runningSteps,
  type Step,
} from './progress.js';
export { type SolveRequest, type SolveResult, solve } from './solve.js';
