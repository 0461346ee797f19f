import type * as z from 'zod';
import type { baseSchema, imageSchema, inputsSchema, requirementsSchema } from './inputs-schema.js';

/** What a unit was built on. */
export type RecordedBase = z.infer<typeof baseSchema>;

/** An image, and which one it was as far as that is known. */
export type RecordedImage = z.infer<typeof imageSchema>;

/** What decides about a unit's zip, so that builds can be compared; inputs-schema.ts tells more. */
export type UnitInputs = Readonly<
  Omit<z.infer<typeof inputsSchema>, 'baseFiles' | 'requirements' | 'code'> & {
    readonly baseFiles?: readonly FileInput[];
    readonly requirements?: RequirementInputs;
    readonly code: readonly CodeInput[];
  }
>;

/** What pip was asked for. */
export type RequirementInputs = Readonly<
  Omit<z.infer<typeof requirementsSchema>, 'files' | 'lines'> & {
    /** Lines that pip reads, by file. */
    readonly lines: Readonly<Record<string, readonly string[]>>;
    readonly files: readonly FileInput[];
  }
>;

/** A hash, and of a folder what is in it. */
export interface Content {
  readonly content: string;
  /**
   * Hashes by name: of files, and of folders (with a slash at the end) whose files are not listed.
   * Absent for a file.
   */
  readonly entries?: Readonly<Record<string, string>>;
}

export interface FileInput extends Content {
  readonly path: string;
}

export interface CodeInput extends Content {
  readonly kind: 'file' | 'directory' | 'contents';
  readonly from: string;
  readonly to: string;
}
