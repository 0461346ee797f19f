import * as z from 'zod';
import { common } from '../pkgr/schema.js';
import * as value from '../pkgr/values.js';

/*
 * custom.soclessPackager: what is read is checked with it, and the JSON Schema that the plugin
 * registers with the framework is made of it. The texts of errors are as in ../pkgr/values.ts.
 */

const truth = (example: string) =>
  z.boolean({
    error: `true or false\nfor example ${example}; of text, \${strToBool(...)} makes it`,
  });

const paths = (example: string) =>
  z.union([value.path(example), z.array(value.path(example))], {
    error: `a list of paths\nfor example ${example}`,
  });

const variable = z
  .string({ error: 'a variable\nwrite NAME, or NAME=value' })
  .regex(/^[A-Za-z_][A-Za-z0-9_]*(?:=[\s\S]*)?$/, {
    error: 'is no variable\nwrite NAME, which takes its value from the environment, or NAME=value',
  });

const variableValue = z.union([z.string(), z.number()], {
  error: 'text or a number\nfor example CFLAGS: -O2',
});

const shape = {
  buildDir: value
    .path('buildDir: _build')
    .describe('The folder of the zips, relative to the service. Needed.'),
  requirementsFile: value
    .path('requirementsFile: requirements.txt')
    .describe('The name of the requirements file of each function. Default: requirements.txt.')
    .optional(),
  globalRequirements: paths('globalRequirements: [./functions/requirements.txt]')
    .describe('Requirements files for every function. Default: ./functions/requirements.txt.')
    .optional(),
  globalIncludes: paths('globalIncludes: [./common_files]')
    .describe('Folders whose contents every function gets. Default: ./common_files.')
    .optional(),
  useDocker: truth('useDocker: false')
    .describe('Build with Docker (the default), or with the Python of this machine.')
    .optional(),
  dockerImage: value.image
    .describe(
      "The image to build in. Default: lambci's of the runtime where there is one, else AWS SAM's.",
    )
    .optional(),
  containerName: z
    .string({ error: 'a name\nfor example containerName: packager' })
    .describe('Accepted, without effect: no container is kept.')
    .optional(),
  abortOnPackagingErrors: truth('abortOnPackagingErrors: false')
    .describe('Whether a function that cannot be packaged ends the command. Default: true.')
    .optional(),
  cleanup: truth('cleanup: false')
    .describe('Whether zips that pkgr has made are removed after deployment. Default: true.')
    .optional(),
  mountSSH: truth('mountSSH: true')
    .describe("Offer the SSH agent to pip, as Docker's ssh mount. Default: false.")
    .optional(),
  dockerEnvs: z
    .union([z.array(variable), z.record(value.variableName, variableValue)], {
      error: 'a list of variables\nfor example dockerEnvs: [PIP_INDEX_URL, CFLAGS=-O2]',
    })
    .describe('Variables of the install step, as NAME or NAME=value; they are kept secret.')
    .optional(),
  separateInstalls: truth('separateInstalls: true')
    .describe('Install each requirements file by itself, so that a later pin wins. Default: false.')
    .optional(),
  installer: value.installer
    .describe(
      'What installs packages: uv (the default) where it leads to the same as pip, and pip for the rest; or pip for all.',
    )
    .optional(),
  packageLayers: z
    .union([z.boolean(), z.array(z.string())], {
      error: 'true, false or names of layers\nfor example packageLayers: true',
    })
    .describe(
      'Layers of the service that have a path to package too: all, or these. Default: false.',
    )
    .optional(),
  checkHandlers: truth('checkHandlers: false')
    .describe('Whether the file of each handler must be in the zip. Default: true.')
    .optional(),
  verify: common.verify
    .unwrap()
    .describe(
      'How pkgr verify looks at functions: imports (the default), off, or {env: ...} with environment variables that the imports need.',
    )
    .optional(),
  verifyImage: value.image
    .describe("The clean image to verify in. Default: the runtime's image of AWS or lambci.")
    .optional(),
};

export const soclessOptions = z
  .strictObject(shape, {
    error: 'a mapping of options\nfor example soclessPackager: {buildDir: _build}',
  })
  .describe('Options of the packager of Python functions.');

export const soclessOptionNames: readonly string[] = Object.keys(shape);

/**
 * schema/socless-packager.schema.json: custom.soclessPackager in draft 7, which the framework's ajv
 * takes. A file, so that the plugin can register it without loading what made it.
 */
export function soclessJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(soclessOptions, { target: 'draft-7', io: 'input' });
  return `${JSON.stringify({ $schema, ...rest }, withoutTypeLists, 2)}\n`;
}

/** The framework's ajv is strict: instead of a list of types it takes several schemas. */
function withoutTypeLists(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value)) return value;
  const { type, ...rest } = value;
  return Array.isArray(type) ? { anyOf: type.map((one) => ({ type: one })), ...rest } : value;
}
