import type { Progress } from './progress.js';

/**
 * Digests of the images that a solve has looked up in a registry, by the images' names as the
 * engine writes them, which is in full. An image that the engine has itself, or that a named context
 * stands in for, is not among them: the engine does not say which it is.
 */
export function imageDigests({ steps }: Progress): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  for (const { name } of steps.values()) {
    const [, image, digest] = /^(?:\[[^\]]*\] )?FROM (\S+)@(sha256:[0-9a-f]{64})$/.exec(name) ?? [];
    if (image !== undefined && digest !== undefined) digests.set(image, digest);
  }
  return digests;
}
