import * as z from 'zod';
import { baseSchema, folderSchema, inputsSchema, requirementsSchema } from './inputs-schema.js';

/*
 * The shape of artifacts.json: what is read is checked with it, and schema/artifacts.schema.json is
 * made of it. Fields that are not known are passed over, because a later pkgr may have written them.
 */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const bytes = z.int().min(0);

/** A package that an install has brought; templates/resolved_packages.py tells of it. */
export const packageSchema = z
  .object({
    name: z.string().describe('As the package itself has it.'),
    version: z.string(),
    requested: z
      .exactOptional(z.literal(true))
      .describe('It was asked for by itself, and not only needed by another package.'),
    archive: z.exactOptional(z.string()).describe('Name of the wheel or the sdist it came in.'),
    sha256: z.exactOptional(sha256).describe('Of the archive, in lower-case hexadecimal.'),
    url: z
      .exactOptional(z.string())
      .describe('Where a requirement said that it is, without credentials.'),
    commit: z.exactOptional(z.string()).describe('Of a version control system, in full.'),
    path: z
      .exactOptional(z.string())
      .describe('Of what lies in the project, from the project folder; `.` is the project itself.'),
  })
  .readonly();

/** A shared library, or another file of the image, that is carried along. */
const carriedSchema = z.object({
  name: z.string().describe('Its path in the zip.'),
  path: z.exactOptional(z.string()).describe('Its absolute path in the image.'),
  package: z.exactOptional(z.string()).describe('The OS package that it belongs to.'),
  version: z.exactOptional(z.string()).describe("The OS package's."),
  system: z
    .exactOptional(z.string())
    .describe('Whose package that is, such as `deb/debian` or `rpm/amzn`.'),
});

const findingSchema = z.object({
  code: z.string().describe('As in the reference of diagnostics.'),
  severity: z.enum(['error', 'warning', 'notice']),
  message: z.string(),
  details: z.exactOptional(z.array(z.string()).readonly()),
});

/** Something that the audit has found. */
export type RecordedFinding = z.infer<typeof findingSchema>;

/** What every version of pkgr has written of a unit. */
const coreSchema = z.object({
  kind: z.enum(['function', 'layer']),
  name: z.string().describe('As in the manifest.'),
  path: z.string().describe("The zip's, from the project folder, with slashes."),
  size: bytes.describe('Bytes of the zip.'),
  sha256: sha256.describe('Of the zip, in lower-case hexadecimal.'),
  sourceCodeHash: z
    .string()
    .describe(
      "The same in base64, as Lambda's CodeSha256 and Terraform's source_code_hash have it.",
    ),
  unzippedSize: bytes.describe('Bytes of all entries when unpacked, which Lambda limits.'),
});

const unitSchema = coreSchema.extend({
  handler: z.exactOptional(z.string()).describe('What Lambda calls, of a function.'),
  runtime: z
    .exactOptional(z.string())
    .describe("Lambda's name of it, or `any` where only the image knows."),
  architecture: z.exactOptional(z.enum(['x86_64', 'arm64'])),
  layers: z
    .exactOptional(
      z.array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('unit'), name: z.string() }),
          z.object({ kind: z.literal('external'), arn: z.string() }),
        ]),
      ),
    )
    .describe('Those of a function, in the order in which Lambda unpacks them.'),
  base: z.exactOptional(baseSchema).describe('What it was built on; absent without Docker.'),
  dependencies: z
    .exactOptional(z.string())
    .describe('What pip installed, as a key of dependencySets; absent without requirements.'),
  libraries: z
    .exactOptional(z.string())
    .describe('Files of the image that it carries, as a key of librarySets; absent without any.'),
  findings: z
    .exactOptional(z.array(findingSchema))
    .describe('What the audit has found in the zip; absent when it has found nothing.'),
  inputs: z.exactOptional(inputsSchema).describe('What pkgr explain compares.'),
});

export const artifactsSchema = z.object({
  version: z.literal(1),
  units: z.array(unitSchema).describe('Every unit whose zip is there, by name.'),
  dependencySets: z
    .exactOptional(z.record(z.string(), z.array(packageSchema)))
    .describe(
      'What pip installed, sorted by name, once for all units that share it. A key is made of what the list holds.',
    ),
  librarySets: z
    .exactOptional(z.record(z.string(), z.array(carriedSchema)))
    .describe('Files of images that are carried, once for all units that share them.'),
  requirementSets: z
    .exactOptional(z.record(z.string(), requirementsSchema))
    .describe('What pip was asked for, once for all units that share it.'),
  folders: z
    .exactOptional(z.record(z.string(), folderSchema))
    .describe('Files of the project by folder, each folder once, however many units have it.'),
});

/** artifacts.json as it is written. */
export type ArtifactsFile = z.infer<typeof artifactsSchema>;

/**
 * Reads it from a parsed JSON value; undefined when it is no such thing. Where a later pkgr has
 * written something that this one does not understand, the figures of the zips still hold.
 */
export function readArtifacts(value: unknown): ArtifactsFile | undefined {
  return artifactsSchema.safeParse(value).data ?? figuresSchema.safeParse(value).data;
}

const figuresSchema = z.object({ version: z.literal(1), units: z.array(coreSchema) });

/** Where the published schema can be fetched. */
const address = 'https://unpkg.com/pkgr/schema/artifacts.schema.json';

/** schema/artifacts.schema.json: draft 7, as that of pkgr.yml. */
export function artifactsJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(artifactsSchema, {
    target: 'draft-7',
    io: 'input',
    // `readonly` is about the types here, not about the file.
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
    },
  });
  return `${JSON.stringify({ $schema, $id: address, ...rest }, null, 2)}\n`;
}
