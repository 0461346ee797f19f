import type * as z from 'zod';
import type { DocumentPath } from '../source.js';

/** The keys that each part of a manifest takes. */
export interface ManifestKeys {
  readonly top: readonly string[];
  readonly global: readonly string[];
  readonly function: readonly string[];
  readonly layer: readonly string[];
  readonly pathPair: readonly string[];
  readonly packages: readonly string[];
  readonly audit: readonly string[];
  readonly dockerfile: readonly string[];
  readonly verify: readonly string[];
}

/** How one dialect writes a manifest of sections: `global`, and functions and layers by name. */
export interface ManifestForm {
  readonly schema: z.ZodType;
  readonly keys: ManifestKeys;
  /** Where the folder of the zips is named. */
  readonly output: DocumentPath;
  /** How to begin a manifest, for who has none yet. */
  readonly beginning: string;
  /**
   * Who else reads the manifest and passes over keys that are unknown: then these are no errors,
   * except those that are nearly a key. Without it every unknown key is refused.
   */
  readonly lenientReader?: string;
}
