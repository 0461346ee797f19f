import { isMapping } from '../../manifest/index.js';

/**
 * Whether a manifest whose name does not tell is a service of the Serverless Framework: it names its
 * provider, which no other dialect has.
 */
export function isServerlessManifest(value: unknown): boolean {
  return isMapping(value) && 'provider' in value && ('service' in value || 'functions' in value);
}
