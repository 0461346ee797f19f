import * as z from 'zod';
import type { ManifestForm } from '../pkgr/form.js';
import { common, lambdaFunction, keys as pkgrKeys, units } from '../pkgr/schema.js';
import * as value from '../pkgr/values.js';

/*
 * The shape of juniper's manifest.yml, as juniper 0.5 reads it. The keys of pkgr.yml are taken
 * besides, so that a team can use them before it moves to pkgr.yml.
 */

/** Juniper's own keys of a function or a layer, where they differ from those of pkgr.yml. */
const own = {
  requirements: value
    .path('requirements: ./requirements.txt')
    .meta({ description: 'The requirements file.' })
    .optional(),
  include: z
    .union([value.path('./src/app'), z.array(value.path('./src/app'))], {
      error: 'a list of paths\nfor example include: [./src/app, ./src/lib]',
    })
    .optional(),
};

const global = {
  ...common,
  output: value.path('output: ./build').optional(),
  // Juniper does not even look at them.
  requirements: z.unknown().optional(),
  include: z.unknown().optional(),
};

const juniperFunction = { ...lambdaFunction, ...own };
const layer = { ...common, ...own };

const schema = z.strictObject(
  {
    global: z
      .strictObject(global, { error: 'a mapping\nfor example global: {output: ./build}' })
      .nullable()
      .optional(),
    functions: units(juniperFunction, 'function', ''),
    layers: units(layer, 'layer', ''),
  },
  {
    error:
      'a mapping with functions and layers\nbegin with functions: and the name of one below it',
  },
);

export const juniperForm: ManifestForm = {
  schema,
  keys: {
    ...pkgrKeys,
    top: Object.keys(schema.shape),
    global: Object.keys(global),
    function: Object.keys(juniperFunction),
    layer: Object.keys(layer),
  },
  output: ['global', 'output'],
  beginning: 'functions: {hello: {requirements: ./requirements.txt, include: [./hello]}}',
  lenientReader: 'juniper',
};
