import * as z from 'zod';
import { auditCodes, diagnosticCodes } from '../../diagnostics/index.js';
import { dockerfile, dockerfileKeys } from './dockerfile-schema.js';
import * as value from './values.js';

/*
 * The shape of pkgr.yml: what is read is checked with it, and the JSON Schema that editors use is
 * made of it. Descriptions are shown by editors.
 */

/** As in unit.ts; a manifest must not import what is made of it. A test keeps them equal. */
export const managers = ['apt-get', 'dnf', 'microdnf', 'yum', 'apk'] as const;

const names = z.array(value.packageName, {
  error: 'a list of names\nfor example packages: [gcc, libxml2-devel]',
});

const byManager = z.strictObject(
  {
    'apt-get': names.describe('Names for images of Debian and Ubuntu.').optional(),
    dnf: names.describe('Names for images of Fedora and of Amazon Linux 2023 with dnf.').optional(),
    microdnf: names.describe('Names for images of Amazon Linux 2023 with microdnf.').optional(),
    yum: names.describe('Names for images of Amazon Linux 2 and CentOS.').optional(),
    apk: names.describe('Names for images of Alpine.').optional(),
  } satisfies Record<(typeof managers)[number], z.ZodType>,
  {
    error:
      'lists of names by package manager\nfor example {yum: [libpq-devel], apt-get: [libpq-dev]}',
  },
);

const pathPair = z.strictObject(
  {
    from: value
      .path('from: shared/config.json')
      .describe('A file or a folder of the project; dir/ means what is in dir.'),
    to: value
      .path('to: config/')
      .describe(
        'Its place in the zip; with / at its end, the folder to put it in under its own name.',
      )
      .optional(),
  },
  { error: 'from and to\nfor example {from: shared/config.json, to: config/}' },
);

const include = z.union([value.path('functions/hello/'), pathPair], {
  error: 'a path or a mapping with from and to\nfor example functions/hello/',
});

const audit = z.strictObject(
  Object.fromEntries(
    auditCodes.map((code) => [code, value.auditLevel.describe(diagnosticCodes[code]).optional()]),
  ),
  { error: 'weights by code\nfor example audit: {near-limit: ignore}' },
);

const verifyOptions = z.strictObject(
  {
    env: z
      .record(value.variableName, value.variableValue, {
        error: 'a mapping of names and values\nfor example verify: {env: {TABLE: test}}',
      })
      .describe(
        'Environment variables that the function has in Lambda. They are no secrets: the Dockerfile of the solve has them.',
      )
      .optional(),
  },
  { error: 'imports, off or a mapping with env\nfor example verify: {env: {TABLE: test}}' },
);

/** What `global` and every unit take. */
export const common = {
  runtime: value.runtime
    .describe("Lambda's name of the runtime, such as python3.13. Needed here or in global.")
    .optional(),
  image: value.image
    .describe(
      "The image to build in. Without it: the runtime's build image of AWS SAM, or lambci's.",
    )
    .optional(),
  dockerfile: dockerfile.optional(),
  architecture: value.architecture.describe('x86_64 (the default) or arm64.').optional(),
  packages: z
    .union([names, byManager], {
      error: 'a list of names, or lists by package manager\nfor example packages: [gcc]',
    })
    .describe('OS packages to install in the image before pip runs.')
    .optional(),
  requirements: z
    .union([value.requirement, z.array(value.requirement)], {
      error:
        'a path or a list of paths and requirements\nfor example requirements: requirements.txt',
    })
    .describe(
      'What pip installs: names that end in .txt or .in are requirements files, all others are lines of one, such as requests==2.31 or ./vendor/x.whl.',
    )
    .optional(),
  installer: value.installer
    .describe(
      'What installs packages: uv (the default) where it leads to the same as pip, and pip for the rest; or pip for all.',
    )
    .optional(),
  include: z
    .union([value.path('functions/hello/'), pathPair, z.array(include)], {
      error:
        'a path, a mapping with from and to, or a list of these\nfor example include: functions/hello/',
    })
    .describe(
      'Code of the project that goes into the zip: dir/ is what is in dir, dir is the folder.',
    )
    .optional(),
  exclude: z
    .array(value.pattern, { error: 'a list of patterns\nfor example exclude: ["**/tests"]' })
    .describe(
      "Patterns of .dockerignore's syntax, against paths of the project, of what is left out.",
    )
    .optional(),
  prune: z
    .union(
      [
        z.array(value.pruneChoice),
        z.literal('juniper', {
          error: 'a choice\nwrite juniper, or a list such as [tests, stubs]',
        }),
      ],
      { error: 'a list of what to leave out, or juniper\nfor example prune: [tests, stubs]' },
    )
    .describe(
      'What is left out of installed packages: a list of tests, dist-info, pyc, docs, stubs and sources; or juniper, for all that juniper deletes.',
    )
    .optional(),
  bytecode: value.bytecode
    .describe(
      'What is made of Python sources: hash (the default) adds bytecode that Lambda need not check, sourceless packs only that, none packs only the sources.',
    )
    .optional(),
  libs: z
    .union([value.library, z.array(value.library)], {
      error: 'auto or a list of paths\nfor example libs: ["/usr/lib64/libpq.so.*"]',
    })
    .describe(
      'Absolute paths or globs of libraries in the image, which go to lib/ of the zip; auto stands for all that are needed.',
    )
    .optional(),
  bins: z
    .array(value.imagePath, { error: 'a list of paths\nfor example bins: [/usr/bin/pdftotext]' })
    .describe('Absolute paths or globs of programs in the image; they go to bin/ of the zip.')
    .optional(),
  runtimeImage: value.image
    .describe(
      'An image that is like the runtime: what it has, libs: auto does not carry. Without it: a list of what every Lambda has.',
    )
    .optional(),
  verify: z
    .union([verifyOptions, value.verifyMode], {
      error: 'imports, off or a mapping with env\nfor example verify: {env: {TABLE: test}}',
    })
    .describe(
      'How pkgr verify looks at it: imports (the default), off, or {env: ...} with environment variables that the imports need.',
    )
    .optional(),
  verifyImage: value.image
    .describe(
      "The clean image to verify in. Without it: runtimeImage, or the runtime's image of AWS or lambci.",
    )
    .optional(),
  pipconf: value
    .path('pipconf: pip.conf')
    .describe('A pip.conf for the install step; it reaches pip as a secret and no image or zip.')
    .optional(),
  buildEnvironment: z
    .record(value.variableName, value.variableValue, {
      error: 'a mapping of names and values\nfor example buildEnvironment: {CFLAGS: -O2}',
    })
    .describe(
      'Environment variables of the install step. They are no secrets: the Dockerfile has them.',
    )
    .optional(),
  audit: audit
    .describe(
      'How much a finding of the audit weighs, by its code: ignore, notice, warning or error.',
    )
    .optional(),
};

export const lambdaFunction = {
  ...common,
  handler: value.handler
    .describe('MODULE.FUNCTION that Lambda calls; used to verify the zip.')
    .optional(),
  layers: z
    .union([value.layer, z.array(value.layer)], {
      error: 'the name of a layer, or a list of them\nfor example layers: [shared]',
    })
    .describe(
      'The layers that the function has in Lambda, in this order: names of layers of the manifest, or ARNs.',
    )
    .optional(),
};

const unitName = z.string().meta({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$' });

/** Functions, or layers, by name. */
export function units(shape: z.ZodRawShape, what: string, description: string) {
  const one = z.strictObject(shape, { error: `a mapping\nfor example include: ${what}s/hello/` });
  const error = `a mapping of names and ${what}s\nfor example ${what}s: {hello: {include: hello/}}`;
  return z.record(unitName, one.nullable(), { error }).nullable().describe(description).optional();
}

export const schema = z
  .strictObject(
    {
      global: z
        .strictObject(common, { error: 'a mapping\nfor example global: {runtime: python3.13}' })
        .nullable()
        .describe(
          'What holds for every function and layer; requirements and include for functions.',
        )
        .optional(),
      functions: units(lambdaFunction, 'function', 'The functions by name; each becomes NAME.zip.'),
      layers: units(common, 'layer', 'The layers by name; each becomes NAME.zip.'),
      output: value
        .path('output: build')
        .describe('The folder of the zips, below the project. The default is dist.')
        .optional(),
    },
    {
      error:
        'a mapping with functions and layers\nbegin with functions: and the name of one below it',
    },
  )
  .meta({
    title: 'pkgr.yml',
    description: 'What pkgr packages: AWS Lambda functions and layers written in Python.',
    // As in Compose files: a place for anchors that belongs to no function.
    patternProperties: { '^x-': { description: 'Not read by pkgr: a place for anchors.' } },
  });

/** The keys that each part of the manifest takes. */
export const keys = {
  top: Object.keys(schema.shape),
  global: Object.keys(common),
  function: Object.keys(lambdaFunction),
  layer: Object.keys(common),
  pathPair: Object.keys(pathPair.shape),
  packages: [...managers],
  audit: [...auditCodes],
  dockerfile: dockerfileKeys,
  verify: Object.keys(verifyOptions.shape),
} as const;
