import { execa } from 'execa';
import { ensureImages, publicNames } from '../../scripts/images.mjs';
import type { Runtime } from '../../src/project/index.js';
import { docker } from '../engine/local-engine.js';

/**
 * The builder that belongs to the engine itself: another one, in a container for instance, could
 * not see images that only the engine has.
 */
export async function engineBuilder(): Promise<string> {
  return (await execa(docker, ['context', 'show'])).stdout.trim();
}

/** An image like the one that Lambda runs this runtime in. */
export async function runtimeImage(runtime: Runtime): Promise<string> {
  return madeHere(`runtime-${runtime}`);
}

/**
 * Named contexts that let images made here stand in for the public ones to build and to verify in,
 * of which a test machine may have no registry.
 */
export async function buildContexts(
  runtimes: readonly Runtime[],
): Promise<Readonly<Record<string, string>>> {
  const contexts: Record<string, string> = {};
  for (const name of runtimes.flatMap((runtime) => [`build-${runtime}`, `runtime-${runtime}`])) {
    const publicName = publicNames[name];
    if (publicName === undefined) throw new Error(`images/ has nothing that stands in for ${name}`);
    contexts[publicName] = `docker-image://${await madeHere(name)}`;
  }
  return contexts;
}

async function madeHere(name: string): Promise<string> {
  const tag = (await ensureImages([name], { docker }))[name];
  if (tag === undefined) throw new Error(`images/${name} was not made`);
  return tag;
}
