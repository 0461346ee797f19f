/** Why a solve failed, as data; explain.ts says it to people. */
export type SolveFailure =
  | {
      readonly kind: 'step-failed';
      /** The Dockerfile's stage; absent when the target needs a single one. */
      readonly stage?: string;
      /** The instruction as BuildKit prints it, such as `RUN pip install ...`. */
      readonly step: string;
      /** Absent when the program could not be run at all. */
      readonly exitCode?: number;
      /** Line of the Dockerfile. */
      readonly line?: number;
      readonly error: string;
      readonly log: readonly string[];
    }
  | {
      readonly kind: 'image-unavailable';
      readonly image: string;
      readonly reason: ImageReason;
      /** Whether trying again may help. */
      readonly transient: boolean;
      readonly text: string;
    }
  | {
      readonly kind: 'missing-file';
      readonly path: string;
      /** Where it was looked for: the project's files, another stage, or the machine (a secret). */
      readonly within: 'context' | 'stage' | 'machine';
      /** The ignore file that alone can have left it out, where another one than usual holds. */
      readonly ignoreFile?: string;
      readonly stage?: string;
      readonly step?: string;
    }
  | {
      readonly kind: 'disk-full';
      readonly text: string;
      readonly stage?: string;
      readonly step?: string;
    }
  | { readonly kind: 'engine-unreachable'; readonly reason: EngineReason; readonly text: string }
  | { readonly kind: 'engine-died'; readonly text: string }
  | { readonly kind: 'engine-too-old'; readonly what: string; readonly needed: string }
  /** The cache that a build was to write could not be written; the build itself is none the worse. */
  | { readonly kind: 'cache-unwritten'; readonly text: string }
  | { readonly kind: 'buildx-missing' }
  | { readonly kind: 'ssh-agent-missing' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'other'; readonly text: string; readonly stage?: string };

/** Why an image could not be had. */
export type ImageReason =
  | 'not-found'
  | 'denied'
  | 'rate-limited'
  | 'platform'
  | 'untrusted'
  | 'unknown-host'
  | 'timeout'
  | 'unreachable'
  | 'registry-error'
  | 'other';

/** Why the engine could not be reached. */
export type EngineReason = 'no-command' | 'no-context' | 'permission' | 'no-answer' | 'not-started';
