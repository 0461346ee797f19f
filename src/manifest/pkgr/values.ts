import * as z from 'zod';
import { auditLevels } from '../../diagnostics/index.js';
import { isIgnorePattern } from '../pattern.js';
import { runtimes } from './runtimes.js';

/*
 * What single values may be. The text given as `error` becomes a diagnostic: the first line says
 * what is taken (after "takes") or what is wrong (after the value), the second one is the hint.
 */

export { runtimes };

export const architectures = ['x86_64', 'arm64'] as const;
export type Architecture = (typeof architectures)[number];

/** What can be left out of installed packages by name; a test holds them equal to those in use. */
export const pruneChoices = ['tests', 'dist-info', 'pyc', 'docs', 'stubs', 'sources'] as const;

/** What is made of Python sources; a test holds them equal to those in use. */
export const bytecodes = ['hash', 'none', 'sourceless'] as const;

/** What installs packages; a test holds them equal to those in use. */
export const installers = ['uv', 'pip'] as const;

/** Characters that would end a line of a Dockerfile or of a requirements file, or hide in it. */
const printable = '[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]';

/**
 * Docker's grammar of a reference, without IPv6 hosts.
 * @see https://github.com/distribution/reference/blob/main/reference.go
 */
const host =
  '(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const component = '[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*';
const imagePattern = new RegExp(
  `^(?:${host}(?::[0-9]+)?/)?${component}(?:/${component})*` +
    '(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$',
);

export const runtime = z.enum(runtimes, {
  error: 'a runtime\nwrite it as Lambda does, such as python3.13',
});

export const architecture = z.enum(architectures, {
  error: 'an architecture\nwrite x86_64 or arm64',
});

export const image = z
  .string({ error: 'the name of an image\nfor example public.ecr.aws/sam/build-python3.13' })
  .max(512, {
    error: 'is too long for the name of an image\nwrite NAME, NAME:TAG or NAME@sha256:DIGEST',
    abort: true,
  })
  .regex(imagePattern, {
    error:
      'is not the name of an image\nwrite NAME, NAME:TAG or NAME@sha256:DIGEST; the name is in small letters',
  })
  .refine((name) => name !== 'scratch', {
    error: 'is the empty image, in which nothing can be installed\nname an image that has Python',
  });

export const packageName = z
  .string({ error: 'the name of an OS package\nfor example packages: [gcc, libxml2-devel]' })
  .regex(/^[A-Za-z0-9][A-Za-z0-9.+_:=~-]*$/, {
    error:
      'is not the name of an OS package\nletters, digits and . + - _ : = ~ are allowed, a letter or digit first',
  });

export const requirement = z
  .string({
    error: 'a requirements file or a requirement\nfor example requirements.txt or requests==2.31',
  })
  .regex(new RegExp(`^${printable}+$`), {
    error: 'is not one line of text\ngive each requirement an item of its own',
  });

/** Whether there is something at a path, and where it leads, is found out later. */
export function path(example: string) {
  return z.string({ error: `a path\nfor example ${example}` });
}

/** A pattern that Docker would refuse ends the whole build, so it is refused here. */
export const pattern = z
  .string({ error: 'a pattern of .dockerignore\nfor example "**/tests"' })
  .max(1024, { error: 'is too long for a pattern\nwrite a shorter one', abort: true })
  .regex(new RegExp(`^(?!#)!?(?=${printable}*[^\\s!])${printable}+$`), {
    error: 'is not a pattern\nwrite a path in which *, ? and ** stand for others, such as **/tests',
  })
  .refine(isIgnorePattern, {
    error:
      'is not a pattern that Docker takes: a [ needs its ], a \\ something after it\nwrite \\[ for a bracket itself',
  });

export const imagePath = z
  .string({ error: 'an absolute path in the image\nfor example /usr/lib64/libxmlsec1.so.1' })
  .regex(new RegExp(`^/${printable}+$`), {
    error:
      'is not an absolute path\nwrite the path in the image from its root, such as /usr/lib64/libpq.so.*',
  });

export const library = z
  .string({ error: 'auto or an absolute path in the image\nfor example libs: auto' })
  .regex(new RegExp(`^(?:auto|/${printable}+)$`), {
    error:
      'is neither auto nor an absolute path\nwrite the path in the image from its root, such as /usr/lib64/libpq.so.*',
  });

export const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
  error:
    'is not the name of an environment variable\nletters, digits and _ are allowed, and no digit first',
});

export const variableValue = z
  .string({ error: 'text\nwrite it in quotes, for example "1"' })
  .regex(new RegExp(`^${printable}*$`), {
    error: 'has a line break or another control character\nwrite the value in one line',
  });

export const stageName = z
  .string({ error: 'the name of a stage\nfor example target: build' })
  .regex(/^[A-Za-z][A-Za-z0-9._-]*$/, {
    error: 'is not the name of a stage\nwrite the name that its FROM has behind AS',
  });

export const argumentName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
  error:
    'is not the name of a build argument\nletters, digits and _ are allowed, and no digit first',
});

export const argumentValue = variableValue.max(4096, {
  error: 'is too long for a build argument\nput it into a file, and COPY that',
});

export const handler = z
  .string({ error: 'a handler\nfor example lambda.handler' })
  .regex(/^[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*\.[A-Za-z_][A-Za-z0-9_]*$/, {
    error:
      'is not a handler\nwrite MODULE.FUNCTION, such as lambda.handler for handler() in lambda.py',
  });

/**
 * A name as a layer can have it, or the ARN of a version of a layer.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html for LayerVersionArn
 */
export const layer = z
  .string({ error: 'the name of a layer\nfor example layers: [shared]' })
  .regex(
    /^(?:arn:[A-Za-z0-9-]+:lambda:[A-Za-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]+:[0-9]+|[A-Za-z0-9][A-Za-z0-9._-]{0,127})$/,
    {
      error:
        'is neither the name of a layer nor the ARN of one\nname one that is below layers:, or write arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION',
    },
  );

/** Whether a function is imported in its runtime's image to see that it can be. */
export const verifyModes = ['imports', 'off'] as const;

export const verifyMode = z.enum(verifyModes, {
  error: 'a way to verify\nwrite imports or off',
});

export const pruneChoice = z.enum(pruneChoices, {
  error: `a part of packages\nchoose of ${pruneChoices.join(', ')}`,
});

export const auditLevel = z.enum(auditLevels, {
  error: `a weight\nchoose of ${auditLevels.join(', ')}`,
});

export const installer = z.enum(installers, {
  error: 'an installer\nwrite uv (the default) or pip',
});

export const bytecode = z.enum(bytecodes, {
  error: 'a kind of bytecode\nwrite hash (the default), none or sourceless',
});
