/**
 * What is in zips goes in; a software bill of materials in the format of CycloneDX 1.6 comes out, the
 * same bytes for the same zips. Pure.
 */
export { type ListedUnit, type SbomOptions, sbomJson } from './bom.js';
