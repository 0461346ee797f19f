/** A project in, a build plan out: plain data that says what is to be built. Pure. */
export * from './plan.js';
export { planProject } from './plan-project.js';
export { derivedStages } from './stage-names.js';
