/**
 * The project's files as the engine would see them: what a COPY of the plan would bring, through
 * .dockerignore and excludes, comes out as a list of entries. Reads folders, but no file's content.
 */
export { type Context, copied, copiedRoot } from './copy.js';
export { type Layer, layered } from './layering.js';
export { Problem } from './problem.js';
export { below, sorted, type TreeEntry } from './tree.js';
export { walk } from './walk.js';
