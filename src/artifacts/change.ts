import * as z from 'zod';

const version = z.exactOptional(z.string());
const presence = z.enum(['added', 'removed']);

/** A reason for which a zip is another one than before. `from` or `to` is absent where there is none. */
export const changeSchema = z.discriminatedUnion('kind', [
  /** There was no zip, and nothing told of one. */
  z.object({ kind: z.literal('first-build') }),
  /** The zip was not there any more, was not the one that had been built, or nothing told of it. */
  z.object({
    kind: z.literal('zip'),
    path: z.string(),
    change: z.enum(['missing', 'other', 'unrecorded']),
  }),
  /** A file of the project, or a folder (with a slash at its end) whose files are not known. */
  z.object({
    kind: z.literal('file'),
    path: z.string(),
    change: z.enum(['added', 'removed', 'changed']),
  }),
  z.object({ kind: z.literal('include'), path: z.string(), change: presence }),
  /** A line that pip reads. */
  z.object({ kind: z.literal('requirement'), file: z.string(), from: version, to: version }),
  /** What pip has installed; of the same version from another archive, or another commit. */
  z.object({ kind: z.literal('package'), name: z.string(), from: version, to: version }),
  /** Another image, or another one under the same name: then `from` and `to` are digests or ids. */
  z.object({ kind: z.literal('image'), name: version, from: version, to: version }),
  z.object({ kind: z.literal('os-package'), name: z.string(), change: presence }),
  /** An OS package of which files are carried. */
  z.object({ kind: z.literal('library'), name: z.string(), from: version, to: version }),
  z.object({ kind: z.literal('option'), name: z.string(), from: version, to: version }),
  z.object({ kind: z.literal('pkgr'), from: z.string(), to: z.string() }),
  /** Nothing that is recorded differs. */
  z.object({ kind: z.literal('nothing-recorded') }),
]);

export type Change = Readonly<z.infer<typeof changeSchema>>;
