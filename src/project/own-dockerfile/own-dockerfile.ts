/** How a Dockerfile is to be built, as `docker build` takes it. */
export interface OwnBuild {
  /** What its TARGETPLATFORM is, such as linux/amd64. */
  readonly platform: string;
  /** Values of its ARGs, by name, as they are. */
  readonly args: Readonly<Record<string, string>>;
  /** The name of the stage that is wanted, in any letter case; the last one when absent. */
  readonly target?: string;
  /** Whether what it copies is in a context of its own and not among the files of the project. */
  readonly hasContext: boolean;
}

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
  readonly usesSsh: boolean;
  readonly setsShell: boolean;
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
  /** The default of an ARG: a value that it is given, or that of the one before the first FROM. */
  | { readonly kind: 'default'; readonly value: string }
  /** Where a COPY, or a mount, is told to take its files from the context of the Dockerfile. */
  | { readonly kind: 'context'; readonly by: 'copy' | 'mount' };

/** The platform of the machine that builds, which only the engine knows. */
export const BUILD_PLATFORM = 'BUILDPLATFORM';
