/** Every dialect of manifest resolved to the same units, with every path checked. */
export * from './unit.js';
