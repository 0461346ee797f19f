/** What pkgr can do, for every door: the command line, the Serverless plugin, other programs. */

export type { Change } from '../artifacts/index.js';
export {
  type Group,
  type InspectedZip,
  type Inspection,
  inspectionJson,
  type SharedGroups,
  type ZipDifference,
} from '../inspect/index.js';
export type { VariableInputs } from '../manifest/index.js';
export type { BuildPlan, DependencySet, PlannedUnit } from '../plan/index.js';
export type { Preferences, ServiceOptions } from '../project/index.js';
export type { Verdict } from '../verify/index.js';
export type { BuildActivity, FinishedTask, RunningTask } from './activity.js';
export { type BuildOptions, build } from './build.js';
export { type BuildResult, buildExitCode, type UnitResult } from './build-result.js';
export { type BuiltTwice, buildTwice, builtTwiceExitCode } from './build-twice.js';
export { builderNames } from './builder-names.js';
export { type CleanOptions, clean } from './clean.js';
export type { BuiltDifference } from './compare-built.js';
export { copyZip } from './copy-zip.js';
export { type Explanation, explain } from './explain.js';
export { type Generated, type GenerateOptions, generate } from './generate.js';
export { type Initialised, init } from './init.js';
export { type Inspected, inspect } from './inspect.js';
export { inspectDifference } from './inspect-difference.js';
export { namedContexts } from './named-contexts.js';
export {
  type OpenProject,
  openProject,
  openService,
  type ProjectOptions,
  selectUnits,
} from './open.js';
export { type PageFiles, readPageFiles, writePage } from './page-files.js';
export { sbom, writeSbom } from './sbom.js';
export { canDoWithout, reasonsOf, type UnfitUnit, unfitUnits } from './unfit-units.js';
export { type VerifyOptions, type VerifyResult, verify, verifyExitCode } from './verify.js';
