/** What a RUN gets to see besides its own stage's files. */
export type Mount =
  | {
      readonly kind: 'bind';
      readonly from: string;
      readonly source?: string;
      readonly target: string;
      /** What the RUN writes there is gone after it; without it nothing can be written. */
      readonly writable?: boolean;
    }
  | { readonly kind: 'cache'; readonly id: string; readonly target: string }
  | { readonly kind: 'tmpfs'; readonly target: string }
  | { readonly kind: 'secret'; readonly id: string; readonly target?: string }
  | { readonly kind: 'ssh' };

/** A word of a RUN after which a program is told of one more thing; it begins a line. */
export const AND = '--and';

/** The instructions pkgr writes; every value is plain text and is quoted by the printer alone. */
export type Instruction =
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'env'; readonly name: string; readonly value: string }
  /** Copies from the build context, or a named one; `to` ends in a slash when it is a folder. */
  | {
      readonly kind: 'copy';
      readonly context?: string;
      readonly from: string;
      readonly to: string;
    }
  /** Writes a text file; `to` is absolute. */
  | { readonly kind: 'copy-text'; readonly lines: readonly string[]; readonly to: string }
  /** Copies everything below a folder of another stage to a folder of this one, or one file. */
  | {
      readonly kind: 'copy-stage';
      readonly stage: string;
      readonly source: string;
      readonly to: string;
    }
  | {
      readonly kind: 'run';
      /** Without it the RUN has the engine's own network. */
      readonly network?: 'none';
      readonly mounts: readonly Mount[];
      readonly words: readonly string[];
      /** Commands that follow, in turn, if the one before has not failed. */
      readonly afterwards?: readonly (readonly string[])[];
    }
  /** The shell that runs later commands: its path, such as /bin/sh. */
  | { readonly kind: 'shell'; readonly program: string }
  /** Whole instructions of a user's own Dockerfile, which has been read: they end where it ends. */
  | { readonly kind: 'verbatim'; readonly parts: readonly VerbatimPart[] };

/** Text as it is, and what the printer puts between. */
export type VerbatimPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'stage'; readonly stage: string }
  /** The default of an ARG, behind its name. */
  | { readonly kind: 'default'; readonly value: string }
  /** The named context that a COPY, behind its keyword, or a mount takes its files from. */
  | { readonly kind: 'context'; readonly by: 'copy' | 'mount'; readonly name: string };

/** What a stage starts from. */
export type From =
  | { readonly kind: 'scratch' }
  | { readonly kind: 'stage'; readonly stage: string }
  /** `platform` may be BUILD_PLATFORM, the engine's own. */
  | { readonly kind: 'image'; readonly image: string; readonly platform: string };

/** One `FROM` with what follows it. */
export interface Stage {
  readonly name: string;
  /** Told above the stage, a line each, for the person who reads the file. */
  readonly comment: readonly string[];
  readonly from: From;
  readonly instructions: readonly Instruction[];
}

/** Names of the stages that this one starts from, copies from or binds. */
export function stagesUsedBy(stage: Stage): readonly string[] {
  const used = stage.from.kind === 'stage' ? [stage.from.stage] : [];
  for (const instruction of stage.instructions) {
    if (instruction.kind === 'copy-stage') used.push(instruction.stage);
    if (instruction.kind === 'verbatim') {
      for (const part of instruction.parts) if (part.kind === 'stage') used.push(part.stage);
    }
    if (instruction.kind !== 'run') continue;
    for (const mount of instruction.mounts) if (mount.kind === 'bind') used.push(mount.from);
  }
  return used;
}
