import type { DependencySet } from '../../plan/index.js';
import type { Mount } from '../instruction.js';

/** Where a RUN sees the image that is like its runtime. */
const RUNTIME_ROOT = '/runtime';

/** What a RUN that looks for needed libraries is told of the runtime, and what it must see for that. */
export function runtimeOptions({
  runtime,
  onRuntimeSystem,
  runtimeImage,
}: Pick<DependencySet, 'runtime' | 'onRuntimeSystem' | 'runtimeImage'>): {
  readonly mounts: readonly (Mount & { readonly kind: 'bind' })[];
  readonly words: readonly string[];
} {
  const words = [`--runtime=${runtime}`, ...(onRuntimeSystem ? ['--image-is-runtime'] : [])];
  if (runtimeImage === undefined) return { mounts: [], words };
  return {
    mounts: [{ kind: 'bind', from: runtimeImage, target: RUNTIME_ROOT }],
    words: [...words, `--runtime-root=${RUNTIME_ROOT}`],
  };
}
