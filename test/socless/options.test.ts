import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { needsEngine } from '../build/engine-environment.js';
import { newProject, writeFiles, zipHashes } from '../build/project.js';
import type { Run } from '../build/run.js';
import { hasEngine } from '../engine/local-engine.js';
import { readZip, textOf } from '../examples/zip.js';
import { compareZips } from '../host/compare-zips.js';
import { localProject, wheel, wheelName } from '../host/python-packages.js';
import { build, namesIn, newService, serviceText } from './service.js';

const MINUTES = 180_000;
const ARN = 'arn:aws:lambda:eu-west-1:123456789012:layer:agent:7';

const options = {
  requirementsFile: 'needs.txt',
  globalRequirements: ['./requirements.txt', 'requirements/more.txt'],
  globalIncludes: ['./shared', 'common/'],
  packageLayers: ['tools'],
};
const functions = {
  hello: {
    name: 'hello',
    handler: 'lambda.handler',
    package: { include: ['functions/hello'] },
    layers: [{ Ref: 'ToolsLambdaLayer' }, ARN],
  },
  other: {
    name: 'other',
    handler: 'lambda.handler',
    package: { patterns: ['functions/other', '!functions/other/tests/**'] },
  },
  script: { handler: 'script.handler', runtime: 'nodejs20.x' },
  container: { image: 'repository/image:1' },
  ready: { handler: 'lambda.handler', package: { artifact: 'made/ready.zip' } },
};
const more = {
  provider: { name: 'aws', runtime: 'python3.11', layers: [ARN] },
  layers: { tools: { path: 'layers/tools' }, 'not-asked': { path: 'layers/not-asked' } },
};

const versions = ['1.0', '2.0'];
const wheels = [
  ...['one', 'two', 'four', 'five', 'six'].map((name) => [name, '1.0'] as const),
  ...versions.map((version) => ['three', version] as const),
];
const vendor = Object.fromEntries(
  await Promise.all(
    wheels.map(async ([name, version]) => [
      `vendor/${wheelName(name, { version })}`,
      await wheel(name, { [`${name}.py`]: `VERSION = "${version}"\n` }, { version }),
    ]),
  ),
);

const files = {
  'functions/hello/lambda.py': 'def handler(event, context): return "hello"\n',
  'functions/hello/needs.txt':
    './vendor/one-1.0-py3-none-any.whl\n-e ./lib\n-r ../../requirements/nested.txt\n',
  // Of another name than the service's files have.
  'functions/hello/requirements.txt': 'there-is-no-such-package==1\n',
  'functions/other/lambda.py': 'def handler(event, context): return "other"\n',
  'functions/other/tests/test_lambda.py': '',
  'requirements/nested.txt': '-c limits.txt\nthree\n',
  'requirements/limits.txt': 'three<2\n',
  'requirements.txt': '--no-index\n--find-links vendor\nfour\n',
  'requirements/more.txt': './vendor/five-1.0-py3-none-any.whl\n',
  // What would be taken without the options.
  'functions/requirements.txt': 'there-is-no-such-package==2\n',
  'common_files/never.py': '',
  'shared/of_shared.py': '',
  'shared/deep/file.txt': 'deep\n',
  'common/of_common.py': '',
  'layers/tools/needs.txt': './vendor/six-1.0-py3-none-any.whl\n',
  'layers/tools/bin/tool': '#!/bin/sh\n',
  'layers/tools/python/own.py': 'OWN = 1\n',
  'layers/not-asked/python/x.py': '',
  'made/ready.zip': 'a zip of its own making',
  ...localProject('lib', 'mylib'),
  ...vendor,
};

const installed = (...names: readonly string[]) =>
  names.flatMap((name) => {
    const info = `${name}-1.0.dist-info`;
    return [`${name}.py`, ...['METADATA', 'RECORD', 'WHEEL'].map((file) => `${info}/${file}`)];
  });
const shared = ['deep/file.txt', 'of_common.py', 'of_shared.py'];
const withoutInstaller = (names: readonly string[]) =>
  names.filter((name) => !name.endsWith('/INSTALLER'));

describe.runIf(hasEngine)(`the options of a service${needsEngine}`, () => {
  let folder = '';
  let run: Run;
  const names = async (unit: string) =>
    withoutInstaller(await namesIn(join(folder, `_build/${unit}.zip`)));

  beforeAll(async () => {
    folder = newService(
      serviceText({ ...options, containerName: 'packager' }, functions, more),
      files,
    );
    run = await build(folder, ['-m', 'serverless.yml']);
  }, MINUTES);

  test('say which of its functions and layers are packaged', () => {
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout.split('\n')).toEqual([
      '_build/hello.zip',
      '_build/other.zip',
      '_build/tools.zip',
    ]);
  });

  test('requirementsFile: the packages of that file in the code, with local wheels, folders, -r and -c', async () => {
    const own = ['lambda.py', 'needs.txt', 'requirements.txt'];
    const packages = installed('one', 'mylib', 'three', 'four', 'five');
    expect(await names('hello')).toEqual([...own, ...shared, ...packages].sort());
    const entries = await readZip(join(folder, '_build/hello.zip'));
    // The newest that the constraints allow.
    expect(textOf(entries, 'three.py')).toBe('VERSION = "1.0"\n');
  });

  test('globalRequirements and globalIncludes: packages and code at the root of each zip', async () => {
    const expected = ['lambda.py', ...shared, ...installed('four', 'five')];
    expect(await names('other')).toEqual(expected.sort());
  });

  test('packageLayers: a folder as it is, with the packages of its requirements in python/', async () => {
    const packages = installed('six').map((name) => `python/${name}`);
    const own = ['bin/tool', 'needs.txt', 'python/own.py'];
    expect(await names('tools')).toEqual([...own, ...packages].sort());
  });

  test("a function's layers, by Ref or ARN, or the provider's, are on record with it", () => {
    const { units } = JSON.parse(readFileSync(join(folder, '_build/artifacts.json'), 'utf8')) as {
      units: readonly { name: string; layers?: unknown }[];
    };
    const layers = Object.fromEntries(units.map((unit) => [unit.name, unit.layers]));
    const arn = { kind: 'external', arn: ARN };
    expect(layers).toEqual({
      hello: [{ kind: 'unit', name: 'tools' }, arn],
      other: [arn],
      tools: undefined,
    });
  });

  test('containerName: a notice that no container is kept', () => {
    expect(run.stderr).toMatch(
      /^serverless\.yml:1:\d+: notice: containerName has no effect: pkgr builds in no container that it would keep \[ignored-key\]$/m,
    );
  });

  test('what is left to the framework is told where that may surprise', () => {
    expect(run.stderr).toMatch(
      /notice: slack-dev-ready is not packaged: its artifact made\/ready\.zip/,
    );
    expect(run.stderr).not.toMatch(/slack-dev-(script|container)/);
  });

  describe('useDocker: false', () => {
    const host = serviceText({ ...options, useDocker: false }, functions, more);
    const env = { PKGR_DOCKER: '/nonexistent', XDG_CACHE_HOME: newProject({ 'kept/': '' }) };
    let alone = '';

    beforeAll(async () => {
      alone = newService(host, files);
      const { code, stderr } = await build(alone, [], { env });
      if (code !== 0) throw new Error(stderr);
    }, MINUTES);

    test.each(['hello', 'other', 'tools'])('gives the entries of Docker for %s', async (unit) => {
      const [inDocker, onHost] = [folder, alone].map((place) =>
        readFileSync(join(place, `_build/${unit}.zip`)),
      );
      expect(await compareZips(inDocker as Buffer, onHost as Buffer)).toEqual([]);
    });

    test('gives the same bytes in another folder, with nothing kept, at another umask', async () => {
      const elsewhere = newService(host, files);
      const own = { ...env, XDG_CACHE_HOME: newProject({ 'kept/': '' }), TZ: 'Asia/Tokyo' };
      const { code, stderr } = await build(elsewhere, [], { env: own, umask: '077' });
      expect(code, stderr).toBe(0);
      expect(zipHashes(elsewhere, '_build')).toEqual(zipHashes(alone, '_build'));
    });
  });
});

test('useDocker: false is refused for what would be of another system, with the way out', async () => {
  const tag = 'cp311-cp311-win_amd64';
  const [name, content] = [wheelName('native', { tag }), await wheel('native', {}, { tag })];
  const architecture = process.arch === 'arm64' ? 'x86_64' : 'arm64';
  const hello = {
    name: 'hello',
    handler: 'lambda.handler',
    architecture,
    package: { include: ['functions/hello'] },
  };
  const compiled = { ...hello, name: 'compiled', package: { include: ['functions/compiled'] } };
  const folder = newService(serviceText({ useDocker: false }, { hello, compiled }), {
    'functions/hello/lambda.py': '',
    'functions/hello/requirements.txt': `--no-index\n./vendor/${name}\n`,
    'functions/compiled/lambda.py': '',
    'functions/compiled/requirements.txt': '--no-index\n./lib\n',
    [`vendor/${name}`]: content,
    ...localProject('lib', 'mylib', 'py3-none-linux_x86_64'),
  });
  const { code, stderr } = await build(folder);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /: error: pip ended with exit code 1 while installing the requirements of hello \[install-failed\]/,
  );
  expect(stderr).toMatch(
    / {2}hint: the wheel is not made for Lambda's python3\.11 on \w+ \(.*\): add one that is, or build with Docker \(useDocker: true\)/,
  );
  expect(stderr).toMatch(
    /: error: mylib of compiled would have to be compiled for Lambda's python3\.11 on \w+ .*, and this machine is another \[install-failed\]\n {2}hint: build with Docker \(useDocker: true\)/,
  );
  writeFiles(folder, { 'serverless.yml': serviceText({}, { hello }) });
  const again = await build(folder, ['--engine', 'host']);
  expect(again.stderr).toContain('or build with Docker (without --engine host)');
});
