/** A Dockerfile that a unit brings for its base, read as far as it has to be changed to be inlined. */
export interface OwnDockerfile {
  /** In the order of the file; a stage is known by its index. The last one is the base. */
  readonly stages: readonly OwnStage[];
  /** Images that are copied from or mounted without a FROM of their own, each once. */
  readonly images: readonly string[];
  /** A RUN mounts the SSH agent. */
  readonly usesSsh: boolean;
  /** A SHELL is set, in which later RUN instructions would run too. */
  readonly setsShell: boolean;
}

export interface OwnStage {
  /** What the user calls it, in lower case. */
  readonly name?: string;
  readonly from: OwnFrom;
  /** What follows the FROM, as it is written. */
  readonly body: readonly OwnText[];
}

export type OwnFrom =
  | { readonly kind: 'scratch' }
  | { readonly kind: 'stage'; readonly stage: number }
  /** `platform` only when the FROM has one; it may be BUILD_PLATFORM. */
  | { readonly kind: 'image'; readonly image: string; readonly platform?: string };

/** Pieces of the user's text, and what stands in place of others. */
export type OwnText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'stage'; readonly stage: number }
  | { readonly kind: 'image'; readonly image: string }
  /** The default that an ARG gets from the one before the first FROM. */
  | { readonly kind: 'default'; readonly value: string };

/** The platform of the machine that builds, which only the engine knows. */
export const BUILD_PLATFORM = 'BUILDPLATFORM';
