import * as z from 'zod';
import * as value from './values.js';

/*
 * `dockerfile`: a path, or a mapping with the keys that `build` of a Compose file has for the same
 * (https://docs.docker.com/reference/compose-file/build/), with docker build's own word for the file.
 */

const mapping = z.strictObject(
  {
    file: value
      .path('file: images/Dockerfile')
      .describe('The Dockerfile. Without it: Dockerfile in the context.')
      .optional(),
    context: value
      .path('context: images/')
      .describe('The folder that COPY starts from. Without it: the project.')
      .optional(),
    target: value.stageName
      .describe('The stage whose image is built in. Without it: the last one.')
      .optional(),
    args: z
      .record(value.argumentName, value.argumentValue, {
        error: 'a mapping of names and values\nfor example args: {VERSION: "1.2"}',
      })
      .describe('Values of its ARGs. They are no secrets: the Dockerfile has them.')
      .optional(),
  },
  {
    error:
      'file, context, target and args\nfor example {file: images/Dockerfile, args: {VERSION: "1.2"}}',
  },
);

export const dockerfile = z
  .union([value.path('dockerfile: images/Dockerfile'), mapping], {
    error:
      'a path, or a mapping with file, context, target and args\nfor example dockerfile: images/Dockerfile',
  })
  .describe(
    'A Dockerfile of your own whose image is built in, instead of image: its path, or a mapping with file, context, target and args.',
  );

export const dockerfileKeys = Object.keys(mapping.shape);
