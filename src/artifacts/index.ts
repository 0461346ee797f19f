/**
 * What leaves a build: tar streams of the engine go in, whole zips and artifacts.json come out.
 * The only folder that writes into the user's output folder.
 */
export { sweepLeftovers, writeAtomically } from './atomic-file.js';
export { cacheFolder } from './cache-folder.js';
export type { Change } from './change.js';
export type { Contents, Module } from './contents.js';
export type { Digest } from './digest.js';
export { type ExpectedDigests, type ReceivedDigests, receiveDigests } from './digests.js';
export { type FileHash, hashZip } from './existing.js';
export type { Fact, HandlerFact, Misfit } from './facts.js';
export type { CarriedFile, Findings, MissingLibrary, ReplacedFile } from './findings.js';
export { applyDifferences, compareFiles, type TextFile } from './generated-files.js';
export type {
  CodeInput,
  Content,
  FileInput,
  RecordedBase,
  RecordedImage,
  RequirementInputs,
  UnitInputs,
} from './inputs.js';
export { hashZips } from './known-hashes.js';
export {
  type NewOutcome,
  type Outcome,
  readOutcomes,
  writeOutcomes,
} from './last-build.js';
export { placeZip } from './place.js';
export { type ExpectedZip, type ReceivedZips, receiveZips, type ZipToCome } from './receive.js';
export { removeBuilt } from './remove-built.js';
export { removeGone } from './remove-gone.js';
export {
  type Artifact,
  type ArtifactsReport,
  artifactOf,
  type DeclaredUnit,
  type DescribedUnit,
  mergeReport,
  stillThere,
  unitKey,
} from './report.js';
export { printReport, readReport, writeReport } from './report-file.js';
export { type ResolvedPackage, readResolved } from './resolved.js';
export type { RecordedFinding } from './schema.js';
export { UnexpectedTar } from './tar-reader.js';
export {
  type CodePlace,
  type Problem,
  type ProblemKind,
  readVerification,
  type Verification,
} from './verification.js';
export { writeFailed } from './write-errors.js';
