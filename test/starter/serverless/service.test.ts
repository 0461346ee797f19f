import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { needsEngine } from '../../build/engine-environment.js';
import { newFolder, newProject, zipHashes } from '../../build/project.js';
import { build, pkgr } from '../../build/run.js';
import { hasEngine } from '../../engine/local-engine.js';
import { inExample } from '../../examples/example.js';
import { readZip } from '../../examples/zip.js';
import { wheel, wheelName } from '../../host/python-packages.js';

const STAGE = ['--stage', 'dev'];
const textIn = (folder: string) => readFileSync(join(folder, 'pkgr.yml'), 'utf8');

/** A service with all that decides what is in its zips. */
const service = {
  service: 'cases',
  provider: { name: 'aws', runtime: 'python3.11', stage: '${opt:stage, "beta"}' },
  package: { individually: true, patterns: ['!**/*.md'] },
  custom: {
    soclessPackager: {
      buildDir: 'out/zips',
      requirementsFile: 'needs.txt',
      globalRequirements: ['./shared/needs.txt', './shared/more.txt'],
      globalIncludes: ['./shared/code', './shared/words'],
      packageLayers: ['tools'],
      checkHandlers: false,
    },
  },
  functions: {
    open: {
      name: 'open-case-${self:provider.stage}',
      handler: 'app.handler',
      package: { include: ['functions/open'] },
      layers: [{ Ref: 'ToolsLambdaLayer' }, 'arn:aws:lambda:us-east-1:123456789012:layer:other:1'],
    },
    close: {
      handler: 'app.handler',
      package: {
        patterns: ['functions/close', '!functions/close/tests/**', 'functions/close/tests/keep.py'],
        artifact: '${self:custom.soclessPackager.buildDir}/close.zip',
      },
    },
    report: {
      handler: 'report.handler',
      package: { patterns: ['functions/report/*.py', 'functions/report/data/**/*.json'] },
    },
    script: { handler: 'script.handler', runtime: 'nodejs20.x' },
  },
  layers: { tools: { path: 'layers/tools' }, plain: { path: 'layers/plain' } },
};
const handler = 'def handler(event, context): return 1\n';
const files = async () => ({
  'serverless.yml': JSON.stringify(service),
  'functions/open/app.py': handler,
  'functions/open/needs.txt': `./vendor/${wheelName('own_tool')}\n`,
  'functions/open/notes.md': '',
  'functions/close/app.py': handler,
  'functions/close/tests/test_app.py': '',
  'functions/close/tests/keep.py': '',
  'functions/report/report.py': handler,
  'functions/report/notes.txt': '',
  'functions/report/data/deep/a.json': '{}',
  'shared/code/cases.py': 'A = 1\n',
  'shared/code/README.md': '',
  'shared/words/cases.py': 'A = 2\n',
  'shared/needs.txt': `./vendor/${wheelName('all_tool')}\n`,
  'shared/more.txt': `./vendor/${wheelName('more_tool')}\n`,
  'layers/tools/python/tools.py': 'B = 1\n',
  'layers/tools/bin/tool': '#!/bin/sh\n',
  'layers/tools/needs.txt': `./vendor/${wheelName('own_tool')}\n`,
  'layers/plain/python/plain.py': '',
  ...Object.fromEntries(
    await Promise.all(
      ['own_tool', 'all_tool', 'more_tool'].map(async (name) => [
        `vendor/${wheelName(name)}`,
        await wheel(name, { [`${name}/__init__.py`]: 'C = 1\n' }),
      ]),
    ),
  ),
});

/** Builds a service, has its pkgr.yml written, and builds that; the service cannot be read then. */
async function bothWays(folder: string, output: string) {
  await build(folder, STAGE);
  const before = zipHashes(folder, output);
  const { code, stdout, stderr } = await pkgr(folder, ['init', ...STAGE]);
  expect(code, stderr).toBe(0);
  expect(stdout).toBe('pkgr.yml');
  writeFileSync(join(folder, 'serverless.yml'), 'not: read any more\n');
  const results = await build(folder);
  return { before, after: zipHashes(folder, output), results: Object.values(results), stderr };
}

describe.runIf(hasEngine)(`the pkgr.yml of a serverless.yml${needsEngine}`, () => {
  test('builds the same zips, under the same names: examples/serverless-slack', async () => {
    const folder = join(newFolder(), 'serverless-slack');
    cpSync(inExample('serverless-slack'), folder, { recursive: true });
    const { before, after, results, stderr } = await bothWays(folder, '_build');
    expect(Object.keys(before)).toEqual(['slack_send_dialog', 'slack_send_message']);
    expect(after).toEqual(before);
    expect(new Set(results)).toEqual(new Set(['unchanged']));
    expect(stderr).toContain('- 2 functions and 0 layers as in serverless.yml');
    expect(stderr).toContain('- Names are those of the zips, for the stage');
    await expect(textIn(folder)).toMatchFileSnapshot('expected/serverless-slack.yml');
  });

  test('builds the same zips of shared files, patterns and layers', async () => {
    const folder = newProject(await files());
    const { before, after, results } = await bothWays(folder, 'out/zips');
    expect(Object.keys(before)).toEqual(['cases-dev-report', 'close', 'open-case-dev', 'tools']);
    expect(after).toEqual(before);
    expect(new Set(results)).toEqual(new Set(['unchanged']));
    await expect(textIn(folder)).toMatchFileSnapshot('expected/service.yml');
  });
});

test('what a pkgr.yml says otherwise than the service is told, and written at its top', async () => {
  const { soclessPackager } = service.custom;
  const options = {
    ...soclessPackager,
    useDocker: false,
    separateInstalls: true,
    mountSSH: true,
    abortOnPackagingErrors: false,
    dockerEnvs: ['PIP_INDEX_URL', 'TOKEN=of-nobody'],
    dockerImage: 'team/build:1',
  };
  const folder = newProject({
    ...(await files()),
    'serverless.yml': JSON.stringify({ ...service, custom: { soclessPackager: options } }),
  });
  const { code, stderr } = await pkgr(folder, ['init', ...STAGE]);
  expect(code, stderr).toBe(0);
  const told = stderr.split('\n').filter((line) => line.startsWith('- '));
  const comments = textIn(folder).split('\n\n')[0]?.replace(/\n# /g, ' ');
  for (const line of told) expect(comments).toContain(line.slice(2));
  expect(told.slice(1, -1)).toEqual([
    '- Names are those of the zips, for the stage and the options that were given.',
    '- Your code lies over packages of the same name; the plugin had it the other way round.',
    '- All requirements files of a function are resolved together, in one run of pip.',
    '- pkgr.yml has no secret variables (PIP_INDEX_URL, TOKEN): credentials go into a pipconf, or to --netrc.',
    '- pip gets the SSH agent where a requirement is fetched by git over SSH.',
    '- What the image has in /var/task/lambda_lib and /var/task/lambda_bin is carried, if anything.',
    '- To build without Docker, as before: pkgr build --engine host.',
    '- A unit that cannot be built ends the command with exit code 1.',
  ]);
  expect(`${textIn(folder)}${stderr}`).not.toContain('of-nobody');
});

test('a variable without a value is told with the option to give, and nothing is written', async () => {
  const text = JSON.stringify({ ...service, service: '${param:team}' });
  const folder = newProject({ ...(await files()), 'serverless.yml': text });
  const run = await pkgr(folder, ['init', ...STAGE]);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('hint: add --param team=VALUE');
  expect(() => textIn(folder)).toThrow('ENOENT');
  const again = await pkgr(folder, ['init', ...STAGE, '--param', 'team=red']);
  expect(again.code, again.stderr).toBe(0);
  expect(textIn(folder)).toContain('red-dev-report:');
});

test('an exclude that would reach further than in the service is told', async () => {
  const functions = {
    ...service.functions,
    report: { handler: 'cases.handler', package: { patterns: ['*.py', '!old.py'] } },
  };
  const folder = newProject({
    ...(await files()),
    'new.py': '',
    'old.py': '',
    'serverless.yml': JSON.stringify({ ...service, functions }),
  });
  const { stderr } = await pkgr(folder, ['init', ...STAGE]);
  expect(stderr).toContain('- exclude of cases-dev-report holds for all that is included');
});

describe.runIf(hasEngine)(`the pkgr.yml of a folder of Python files${needsEngine}`, () => {
  test('builds zips with the code that each function imports, and its packages', async () => {
    const folder = newProject({
      '.python-version': '3.11\n',
      'requirements.txt': `./vendor/${wheelName('all_tool')}\n`,
      [`vendor/${wheelName('all_tool')}`]: await wheel('all_tool', { 'all_tool.py': 'C = 1\n' }),
      [`vendor/${wheelName('own_tool')}`]: await wheel('own_tool', { 'own_tool.py': 'C = 1\n' }),
      'common/tools.py': 'B = 1\n',
      'models/__init__.py': '',
      'functions/hello/app.py': `import own_tool, tools\n${handler}`,
      'functions/hello/requirements.txt': `./vendor/${wheelName('own_tool')}\n`,
      'functions/bye/main.py': `from models import __name__ as name\n${handler}`,
      'functions/bye/tests/test_main.py': handler,
    });
    const { code, stderr } = await pkgr(folder, ['init']);
    expect(code, stderr).toBe(0);
    expect(stderr.split('\n').filter((line) => line.startsWith('- '))).toEqual([
      '- 2 functions: each file with a handler that takes an event and a context.',
      '- The runtime is that of .python-version.',
      '- requirements.txt of the project is for every function.',
      '- common/ is for every function: some import what is in it.',
      '- models is for every function: some import what is in it.',
    ]);
    expect(await build(folder, ['--verify'])).toEqual({ bye: 'built', hello: 'built' });
    const names = async (unit: string) =>
      (await readZip(join(folder, `dist/${unit}.zip`)))
        .map(({ path }) => path)
        .filter((path) => path.endsWith('.py'));
    expect(await names('hello')).toEqual(
      ['all_tool.py', 'app.py', 'models/__init__.py', 'own_tool.py', 'tools.py'].sort(),
    );
    expect(await names('bye')).toContain('main.py');
  });
});
