/** What patterns of .dockerignore's syntax leave out, by the rules of the engine. */
export { type IgnorePatterns, ignorePatterns } from './ignore-patterns.js';
export { escapePattern, patternBelow, withAllBelow } from './rewrite.js';
