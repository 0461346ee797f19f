import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localImage, needsEngine } from '../build/engine-environment.js';
import { fresh, hashOf, newProject, writeFiles } from '../build/project.js';
import { type Run, run } from '../build/run.js';
import { hasEngine } from '../engine/local-engine.js';
import { readZip, textOf } from '../examples/zip.js';
import { localProject, machineRuntime, wheel, wheelName } from '../host/python-packages.js';
import { type GitServer, serveRepository } from './git-server.js';
import { build, type FunctionPart, newService, serviceText } from './service.js';

const MINUTES = 180_000;
const IMAGE = `localhost:1/pkgr-${fresh()}:1`;

const functionOf = (name: string, more: FunctionPart = {}): FunctionPart => ({
  name,
  handler: 'lambda.handler',
  package: { include: [`functions/${name}`] },
  ...more,
});
const sources = { 'lambda.py': 'def handler(event, context): pass\n' };
const inFolder = (name: string, files: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(
    Object.entries({ ...sources, ...files }).map(([file, text]) => [
      `functions/${name}/${file}`,
      text,
    ]),
  );
const versions = ['1.0', '2.0'];
const vendor = Object.fromEntries(
  await Promise.all(
    versions.map(async (version) => [
      `vendor/${wheelName('tool', { version })}`,
      await wheel('tool', { 'tool.py': `VERSION = "${version}"\n` }, { version }),
    ]),
  ),
);

describe.runIf(hasEngine)(`functions that pip cannot install for${needsEngine}`, () => {
  const files = {
    ...inFolder('fine'),
    ...inFolder('old', { 'requirements.txt': '--no-index\n--find-links vendor\ntool == 1.0\n' }),
    ...inFolder('fetched', {
      'requirements.txt': `far @ git+https://example.invalid/${fresh()}.git\n`,
    }),
    ...vendor,
    'functions/requirements.txt': '--no-index\n--find-links vendor\ntool==2.0\n',
  };
  const functions = {
    fine: functionOf('fine'),
    old: functionOf('old'),
    fetched: functionOf('fetched'),
  };
  const withoutGit = `pkgr.local/test-${fresh()}`;
  const Dockerfile = `FROM ${localImage}\nRUN rm -f "$(command -v git)"\n`;
  const options = { dockerImage: withoutGit };
  let repository: GitServer;
  let folder = '';
  let strict: Run;
  let tolerant: Run;

  beforeAll(async () => {
    await run('docker', [
      'buildx',
      'build',
      '--load',
      '--tag',
      withoutGit,
      newProject({ Dockerfile }),
    ]);
    folder = newService(serviceText(options, functions), files);
    strict = await build(folder);
    writeFiles(folder, {
      'serverless.yml': serviceText({ ...options, abortOnPackagingErrors: false }, functions),
      '_build/old.zip': 'a zip of an earlier build',
    });
    tolerant = await build(folder);
  }, 2 * MINUTES);

  afterAll(async () => {
    await repository?.close();
    await run('docker', ['image', 'rm', '--force', withoutGit]);
  });

  test('end the command with 1, after the others are built', () => {
    expect(strict.code).toBe(1);
    expect(strict.stdout.split('\n')).toEqual(['_build/fine.zip']);
    expect(strict.stderr).toContain('1 built, 0 unchanged, 2 failed');
  });

  test('for a conflict, with both files and lines, and the option that lets a later pin win', () => {
    expect(strict.stderr).toContain(
      'functions/old/requirements.txt:3:1: error: pip cannot install together what old requires: tool==1.0 (functions/old/requirements.txt:3); tool==2.0 (functions/requirements.txt:3) [requirement-conflict]\n' +
        '  hint: change one of them so that a version fits all; or write separateInstalls: true in custom.soclessPackager, with which a later pin wins\n',
    );
  });

  test('for a git that the image lacks, with the option that names another image', () => {
    expect(strict.stderr).toMatch(
      / error: The step "install .*" of fetched ended with exit code 1 .*\[step-failed\]/,
    );
    expect(strict.stderr).toContain(
      '  hint: What is missing is git: name an image that has it as `dockerImage:` in custom.soclessPackager (apt-get install git; dnf install git; apk add git), or require a version that has a wheel.',
    );
    expect(strict.stderr).not.toContain('packages:');
  });

  test('are left out with warnings, and the command ends well, when errors are not to abort', () => {
    expect(tolerant.code, tolerant.stderr).toBe(0);
    expect(tolerant.stdout.split('\n')).toEqual(['_build/fine.zip']);
    expect(tolerant.stderr).not.toContain(': error: ');
    expect(tolerant.stderr).toContain('warning: pip cannot install together what old requires');
    expect(tolerant.stderr).toMatch(
      /warning: old is left out, because it could not be packaged \[left-out\]\n {2}hint: _build\/old\.zip is of an earlier build/,
    );
    expect(tolerant.stderr).toMatch(/warning: fetched is left out, .*\[left-out\]\n(?! {2}hint)/);
    // Neither is on record.
    const { units } = JSON.parse(readFileSync(join(folder, '_build/artifacts.json'), 'utf8')) as {
      units: readonly { name: string }[];
    };
    expect(units.map(({ name }) => name)).toEqual(['fine']);
  });

  test('are built by what the hints say: the later pin by separateInstalls, and an image with git', {
    timeout: MINUTES,
  }, async () => {
    const project = Object.entries(localProject('', 'near'));
    const files = Object.fromEntries(project.map(([path, text]) => [path.slice(1), text]));
    repository = await serveRepository(files);
    const { old } = functions;
    const units = { old, fetched: functionOf('fetched') };
    writeFiles(folder, {
      'serverless.yml': serviceText({ separateInstalls: true }, units),
      'functions/fetched/requirements.txt': `near @ ${repository.requirement}\n`,
    });
    const built = await build(folder);
    expect(built.code, built.stderr).toBe(0);
    const entries = await readZip(join(folder, '_build/old.zip'));
    expect(textOf(entries, 'tool.py')).toBe('VERSION = "2.0"\n');
    expect(entries.map(({ path }) => path)).not.toContain('tool-1.0.dist-info/METADATA');
    const fetched = await readZip(join(folder, '_build/fetched.zip'));
    expect(textOf(fetched, 'near.py')).toBe('VALUE = 1\n');
    // Of the one that stays, the archive that it came in is on record.
    const report: { dependencySets: Record<string, readonly { name: string }[]> } = JSON.parse(
      readFileSync(join(folder, '_build/artifacts.json'), 'utf8'),
    );
    const tools = Object.values(report.dependencySets).flatMap((packages) =>
      packages.filter(({ name }) => name === 'tool'),
    );
    const archive = wheelName('tool', { version: '2.0' });
    const sha256 = hashOf(join(folder, 'vendor', archive));
    expect(tools.length).toBeGreaterThan(0);
    for (const tool of tools) expect(tool).toMatchObject({ version: '2.0', archive, sha256 });
  });

  test('because dockerImage is not to be had, say so with the name of that option', async () => {
    const { fine } = functions;
    writeFiles(folder, {
      'serverless.yml': serviceText(
        { dockerImage: IMAGE, abortOnPackagingErrors: false },
        { fine },
      ),
    });
    const { stderr } = await build(folder);
    expect(stderr).toContain(`The image ${IMAGE} of fine could not be pulled`);
    expect(stderr).toContain('choose another with `dockerImage:` in custom.soclessPackager');
  });
});

describe('abortOnPackagingErrors: false', () => {
  const host = { useDocker: false, abortOnPackagingErrors: false };
  const provider = { provider: { name: 'aws', runtime: machineRuntime } };
  const broken = { 'vendor/bad-1.0-py3-none-any.whl': 'this is no wheel' };
  const two = { one: functionOf('one'), other: functionOf('other') };

  test('does not hide what all functions fail for: a deployment would remove them all', async () => {
    const folder = newService(serviceText(host, two, provider), {
      ...inFolder('one'),
      ...inFolder('other'),
      ...broken,
      'functions/requirements.txt': './vendor/bad-1.0-py3-none-any.whl\n',
    });
    const { code, stderr } = await build(folder);
    expect(stderr).toContain(' error: pip ended with exit code 1 ');
    expect(stderr).not.toContain('[left-out]');
    expect(code).toBe(1);
  });

  test('does not hide a layer that fails: functions that use it could not be imported', async () => {
    const layers = { layers: { tools: { path: 'layers/tools' } } };
    const options = { ...host, packageLayers: true };
    const folder = newService(serviceText(options, two, { ...provider, ...layers }), {
      ...inFolder('one'),
      ...inFolder('other'),
      ...broken,
      'layers/tools/requirements.txt': './vendor/bad-1.0-py3-none-any.whl\n',
    });
    const { code, stderr } = await build(folder);
    expect(code).toBe(1);
    expect(stderr).toContain(' error: ');
    expect(existsSync(join(folder, '_build/one.zip'))).toBe(true);
  });
});
