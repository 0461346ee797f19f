/** What is in zips, and why: sound zips go in, what there is to tell of them comes out as data. */
export {
  type ComparedZip,
  comparedZip,
  differenceOf,
  type ZipDifference,
} from './difference.js';
export { inspectTogether, inspectZip } from './inspect-zips.js';
export type {
  Group,
  InspectedZip,
  Inspection,
  SharedGroups,
  Sizes,
  Spare,
} from './inspection.js';
export { inspectionJson } from './json.js';
export type { KnownUnit } from './known-unit.js';
export {
  type InstalledPackage,
  type PackageLicence,
  packageKey,
  readPackages,
  type ZipContents,
} from './packages/index.js';
export type { AskedLine, Reason } from './requirements/index.js';
