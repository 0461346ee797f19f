/** Variables of a serverless.yml: from the values as they are written to those that are meant. */
export { withDotenv } from './dotenv.js';
export { variableFiles } from './files.js';
export { noInputs, type VariableInputs } from './inputs.js';
export { createResolver, type Resolver, type UnresolvedAt } from './resolve.js';
export { delimitersOf } from './syntax.js';
