/**
 * The plugin of the Serverless Framework and of osls: a service with its variables resolved goes in,
 * zips and `package.artifact` of its functions come out. The framework loads this for every command,
 * so all that packages is loaded by the hook that needs it.
 */
export { PkgrPlugin as default } from './plugin.js';
