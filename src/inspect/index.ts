/** What is in zips, and why: sound zips go in, what there is to tell of them comes out as data. */
export {
  type InstalledPackage,
  type PackageLicence,
  packageKey,
  readPackages,
  type ZipContents,
} from './packages/index.js';
