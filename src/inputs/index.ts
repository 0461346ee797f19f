/**
 * What zips are made of: a plan and the project's files go in, a record of every input of each unit
 * comes out, and of two records what has changed. Reads files; writes nothing.
 */
export { type Compared, changesBetween } from './changes.js';
export { shortHash } from './folder.js';
export { type CommonInputs, recordInputs } from './record.js';
