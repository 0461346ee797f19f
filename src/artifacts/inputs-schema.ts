import * as z from 'zod';

/*
 * What artifacts.json records of a unit's inputs, so that a later build can tell which of them has
 * changed. Hashes are the first hexadecimal digits of sha256: they tell changes, and vouch for nothing.
 */

const hash = z.string().describe('The first digits of a sha256, in lower-case hexadecimal.');

export const imageSchema = z.object({
  name: z.string().describe('As the manifest or a Dockerfile has it.'),
  digest: z
    .exactOptional(z.string())
    .describe('`sha256:` and the hash under which a registry has it; absent when no registry has.'),
  id: z
    .exactOptional(z.string())
    .describe("The engine's own name of an image that no registry has."),
});

export const baseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('image'), ...imageSchema.shape }),
  z.object({
    kind: z.literal('dockerfile'),
    path: z.string().describe('Of the Dockerfile, from the project folder.'),
    content: hash.describe('Of what is written in it.'),
    images: z.array(imageSchema).describe('Those it is built from and copies from.'),
  }),
]);

/** A file or folder of the project. */
const pathSchema = z.object({
  path: z.string().describe('From the project folder; empty for the project itself.'),
  content: hash.describe('Of a file; of a folder, and then a key of folders.'),
});

const codeSchema = z.object({
  kind: z.enum(['file', 'directory', 'contents']).describe('What of it is packed, as in the plan.'),
  from: z.string().describe('From the project folder; empty for the project itself.'),
  to: z.string().describe("From the zip's root."),
  content: hash.describe('Of a file; of a folder, and then a key of folders.'),
});

export const requirementsSchema = z.object({
  lines: z
    .record(z.string(), z.array(z.string()).readonly())
    .describe('Lines that pip reads, by file; without comments, hashes cut and no credentials.'),
  files: z.array(pathSchema).describe('Everything of the project that pip reads.'),
});

export const inputsSchema = z.object({
  pkgr: z.string().describe('The version of pkgr.'),
  programs: hash.describe("Of pkgr's programs that run inside the build."),
  engine: z.enum(['docker', 'host']),
  options: z
    .record(z.string(), z.string())
    .describe('Everything else that decides about the zip, as text; variables by a hash.'),
  osPackages: z
    .exactOptional(z.array(z.string()).readonly())
    .describe('OS packages that are installed.'),
  runtimeImage: z.exactOptional(imageSchema),
  baseFiles: z
    .exactOptional(z.array(pathSchema))
    .describe("What COPY lines of a user's own Dockerfile name."),
  requirements: z.exactOptional(z.string()).describe('A key of requirementSets.'),
  code: z.array(codeSchema).describe('Files that are packed, later ones over earlier ones.'),
});

/** Files of a folder by name, and what lies in folders whose files are not listed. */
export const folderSchema = z.record(z.string(), hash);
