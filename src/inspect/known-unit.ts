import type { AskedLine } from './requirements/index.js';

/** What is known of a zip besides what is in it. */
export interface KnownUnit {
  readonly kind: 'function' | 'layer' | 'zip';
  readonly name: string;
  readonly path: string;
  readonly runtime?: string;
  readonly architecture?: 'x86_64' | 'arm64';
  readonly layers: readonly string[];
  /** What a project tells; absent for a zip that belongs to none. */
  readonly project?: {
    /** The unit's requirements. */
    readonly lines: readonly AskedLine[];
    /** Whether a path of the zip is packed from a file of the project. */
    readonly isOwn: (path: string) => boolean;
  };
}
