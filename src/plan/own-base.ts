import { type OwnDockerfile, readDockerfile } from '../project/index.js';
import type { PlannedBase } from './plan.js';
import { partName } from './stage-names.js';

/** A base that is built by the user's own Dockerfile, with the name that each stage gets. */
export interface OwnBase extends OwnDockerfile {
  /** By the index of the stage; the last one is the base itself. */
  readonly stageNames: readonly string[];
  /** Stages of images that are copied from or mounted, by the image. */
  readonly imageStages: ReadonlyMap<string, string>;
}

export type DockerfileBase = PlannedBase & { readonly kind: 'dockerfile' };

/**
 * Reads the Dockerfile of a base again, which the plan carries as text.
 * @throws RangeError for a text that reading the project would have refused.
 */
export function ownBaseOf(base: DockerfileBase): OwnBase {
  const dockerfile = readOwn(base);
  const last = dockerfile.stages.length - 1;
  const stageNames = dockerfile.stages.map((_, index) =>
    index === last ? base.id : partName(base.id, index + 1),
  );
  const imageStages = new Map(
    dockerfile.images.map((image, index) => [image, partName(base.id, last + index + 1)]),
  );
  return { ...dockerfile, stageNames, imageStages };
}

/** How many stages a base needs beside its own. */
export function countParts(base: Written): number {
  const { stages, images } = readOwn(base);
  return stages.length - 1 + images.length;
}

/** The image that the last stage goes back to, over other stages; undefined when it begins from nothing. */
export function imageBehind(base: Written): string | undefined {
  const { stages } = readOwn(base);
  let from = stages.at(-1)?.from;
  while (from?.kind === 'stage') from = stages[from.stage]?.from;
  return from?.kind === 'image' ? from.image : undefined;
}

/** What decides how the Dockerfile is read; whose context it is makes no difference. */
type Written = Pick<DockerfileBase, 'path' | 'text' | 'platform' | 'context' | 'target' | 'args'>;

function readOwn({ path, text, platform, context, target, args = {} }: Written) {
  const hasContext = context !== undefined;
  const build = { platform, args, hasContext, ...(target !== undefined && { target }) };
  const { dockerfile, diagnostics } = readDockerfile(path, text, build);
  if (dockerfile !== undefined) return dockerfile;
  throw new RangeError(`${path}: ${diagnostics.map(({ message }) => message).join(', ')}`);
}
