/** A sound zip goes in; the packages that are installed in it come out, each with its files. */
export { sourceOf } from './file-owners.js';
export { type InstalledPackage, type PackageLicence, packageKey } from './package.js';
export { readPackages, type ZipContents } from './read-packages.js';
