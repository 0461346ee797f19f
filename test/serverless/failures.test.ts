import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Content } from '../build/project.js';
import { inBoth, newService, sls, slsOnTerminal } from './service.js';
import { smallService, smallSources, yaml } from './small-service.js';

/** A service with a function that cannot be installed, and one that can. */
const withBroken = (options: object): Readonly<Record<string, Content>> => ({
  ...smallSources,
  'serverless.yml': yaml({
    ...smallService,
    custom: { soclessPackager: { ...smallService.custom.soclessPackager, ...options } },
    functions: {
      ...smallService.functions,
      broken: { handler: 'app.handler', package: { include: ['functions/broken'] } },
    },
  }),
  'functions/broken/app.py': 'def handler(event, context): return "broken"\n',
  'functions/broken/requirements.txt': './vendor/broken-1.0-py3-none-any.whl\n',
  'vendor/broken-1.0-py3-none-any.whl': 'this is no wheel',
});

const inStack = (folder: string): string =>
  readFileSync(join(folder, '.serverless/cloudformation-template-update-stack.json'), 'utf8');

describe('a function that cannot be packaged', () => {
  test('ends the command, with what pip says and without a stack; the others are packaged', async () => {
    for (const { framework, folder, code, output } of await inBoth(withBroken({}), ['package'])) {
      expect(code, framework).toBe(1);
      expect(output).toMatch(
        /Error:\n(serverless\.yml|functions\/broken\/requirements\.txt):\d+:\d+: error: /,
      );
      expect(output).toContain('broken-1.0-py3-none-any.whl');
      expect(output, 'a stack').not.toMatch(/^\s+at .*\.js:\d+/m);
      expect(existsSync(join(folder, '_build/hello-dev.zip'))).toBe(true);
      expect(
        existsSync(join(folder, '.serverless/cloudformation-template-update-stack.json')),
      ).toBe(false);
    }
  });

  test('is left out of the service, with a warning, when errors are not to abort', async () => {
    const files = withBroken({ abortOnPackagingErrors: false });
    for (const { framework, folder, code, output } of await inBoth(files, ['package'])) {
      expect(code, framework).toBe(0);
      expect(output).toMatch(
        /Warning: left out, because it could not be packaged: small-dev-broken;/,
      );
      expect(output).toMatch(/Warning: .*broken/);
      expect(inStack(folder)).toContain('HelloLambdaFunction');
      expect(inStack(folder)).not.toContain('BrokenLambdaFunction');
    }
  });

  test.each([
    { framework: 'serverless', answer: 'y', goesOn: true },
    { framework: 'serverless', answer: 'n', goesOn: false },
    { framework: 'osls', answer: 'yes', goesOn: true },
    { framework: 'osls', answer: '', goesOn: false },
  ] as const)('is asked about at a terminal of $framework, where "$answer" is an answer', async ({
    framework,
    answer,
    goesOn,
  }) => {
    const folder = await newService(withBroken({}));
    const { code, output } = await slsOnTerminal(framework, folder, ['package'], answer);
    expect(output).toContain('Do you wish to continue without small-dev-broken? [y/N]');
    expect(code).toBe(goesOn ? 0 : 1);
    if (goesOn) expect(inStack(folder)).not.toContain('BrokenLambdaFunction');
    else expect(output).toContain('Packaging was stopped.');
  });
});

test('a reason that all functions share ends the command, whatever the options say', async () => {
  const folder = await newService({
    ...smallSources,
    'serverless.yml': yaml({
      ...smallService,
      custom: {
        soclessPackager: { ...smallService.custom.soclessPackager, abortOnPackagingErrors: false },
      },
      functions: {
        ...smallService.functions,
        again: { handler: 'app.handler', package: { include: ['functions/hello'] } },
      },
    }),
    'functions/requirements.txt': './vendor/broken-1.0-py3-none-any.whl\n',
    'vendor/broken-1.0-py3-none-any.whl': 'this is no wheel',
  });
  const { code, output } = await sls('osls', folder, ['package']);
  expect(output).toContain('broken-1.0-py3-none-any.whl');
  expect(code).toBe(1);
});

test('without an engine nothing is packaged, whatever the options say', async () => {
  const files = withBroken({ useDocker: true, abortOnPackagingErrors: false });
  const nowhere = {
    DOCKER_HOST: 'tcp://127.0.0.1:1',
    DOCKER_CONTEXT: undefined,
    BUILDX_BUILDER: undefined,
  };
  for (const { framework, folder, code, output } of await inBoth(files, ['package'], nowhere)) {
    expect(code, framework).toBe(1);
    expect(output).toContain('[engine-unreachable]');
    expect(existsSync(join(folder, '_build'))).toBe(false);
  }
});

describe.each([
  { what: 'no buildDir', buildDir: undefined, told: 'missing-key', framework: 'serverless' },
  { what: 'the project as buildDir', buildDir: './', told: 'output-in-use', framework: 'osls' },
  {
    what: 'a buildDir elsewhere',
    buildDir: '../build',
    told: 'outside-project',
    framework: 'osls',
  },
] as const)('$what', ({ buildDir, told, framework }) => {
  test('is told at its place, together with all that is wrong, before anything is built', async () => {
    const twin = {
      name: 'twin',
      handler: 'app.handler',
      package: { include: ['functions/hello'] },
    };
    const folder = await newService({
      ...smallSources,
      'serverless.yml': yaml({
        ...smallService,
        custom: { soclessPackager: { ...smallService.custom.soclessPackager, buildDir } },
        functions: { one: twin, other: twin, lost: { ...twin, name: 'lost', handler: 'lost.run' } },
      }),
    });
    const { code, output } = await sls(framework, folder, ['package']);
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`serverless\\.yml:\\d+:\\d+: error: .*\\[${told}\\]`));
    expect(output).toMatch(/error: .*twin.*\[same-zip\]/);
    expect(output).toMatch(/error: the zip of lost has no lost\.py, .*\[handler-not-found\]/);
    expect(existsSync(join(folder, '_build'))).toBe(false);
  });
});
