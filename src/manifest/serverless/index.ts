/**
 * The Serverless Framework's services: from a serverless.yml, or a configuration that the framework
 * has resolved, to what decides the packaging, typed and with a place for each value.
 */
export { serviceOf } from './document.js';
export * from './manifest.js';
export { soclessJsonSchema } from './options.js';
export { readServerlessService, type ServerlessReading } from './read.js';
export type { ServerlessService, UnresolvedVariable } from './service.js';
export type { VariableInputs } from './variables/index.js';
