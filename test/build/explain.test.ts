import { cpSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { wheel } from '../host/python-packages.js';
import { defaultImage, localImage, needsEngine } from './engine-environment.js';
import { newLocalImage } from './local-image.js';
import { type Content, fresh, newFolder, newProject, writeFiles } from './project.js';
import { pkgr, run } from './run.js';

const MINUTES = 180_000;

/** A wheel of vendor/, whose bytes no other run has. */
const vendored = async (version: string) => ({
  [`vendor/lib-${version}-py3-none-any.whl`]: await wheel(
    'lib',
    { 'lib.py': `VERSION = "${version} ${fresh()}"\n` },
    { version },
  ),
});

const manifest = (more = '') => `global: {runtime: python3.11}
functions:
  sample: {include: [functions/sample/, common/], requirements: [requirements.txt]${more}}
  other: {include: functions/other/}
`;
const files: Readonly<Record<string, Content>> = {
  'pkgr.yml': manifest(),
  'requirements.txt': '--no-index\n--find-links vendor\nlib==1.0\n',
  'vendor/readme.txt': 'wheels\n',
  'common/config.json': '{}\n',
  'functions/sample/app.py': `SAMPLE = "${fresh()}"\n`,
  // Text that every level of deflate makes something else of.
  'functions/other/app.py': `${'import json\n'.repeat(1000)}OTHER = "${fresh()}"\n`,
  ...(await vendored('1.0')),
  ...(await vendored('2.0')),
};

describe.runIf(hasEngine)(`why a unit is built${needsEngine}`, () => {
  let project: string;
  let first: string;

  /** What the line of a unit says behind its size and seconds, in a build. */
  const reason = async (name = 'sample', arguments_: readonly string[] = []) => {
    const { code, stderr } = await pkgr(project, ['build', ...arguments_]);
    expect(code, stderr).toBe(0);
    return whyIn(stderr, name);
  };
  const explain = async (...arguments_: readonly string[]) => {
    const { code, stdout, stderr } = await pkgr(project, ['explain', ...arguments_]);
    expect(code, stderr).toBe(0);
    return stdout;
  };

  beforeAll(async () => {
    project = newProject(files);
    const { code, stderr } = await pkgr(project, ['build']);
    expect(code, stderr).toBe(0);
    first = stderr;
  }, MINUTES);

  test(
    'the first build says that it is the first, and the next one that nothing has changed',
    async () => {
      expect([whyIn(first, 'sample'), whyIn(first, 'other')]).toEqual([
        'first build',
        'first build',
      ]);
      expect(await explain('other')).toBe(`function other (dist/other.zip)
  built by the last build because of
    first build
  nothing has changed since`);
      expect(await reason()).toBe('unchanged');
      expect(await explain('other')).toBe(`function other (dist/other.zip)
  unchanged by the last build: nothing had changed
  built the time before because of
    first build
  nothing has changed since`);
    },
    MINUTES,
  );

  test(
    'files are named, before they are built and afterwards, and only where they are packed',
    async () => {
      writeFiles(project, {
        'functions/sample/app.py': `SAMPLE = "${fresh()}"\n`,
        'functions/sample/new.py': '',
      });
      expect(await explain('sample')).toMatch(
        / {2}changed since\n {4}functions\/sample\/app\.py changed\n {4}functions\/sample\/new\.py added$/,
      );
      expect(await explain('other')).toMatch(/ {2}nothing has changed since$/);
      expect(await reason()).toBe('functions/sample/app.py changed and 1 more');
      expect(await explain('sample')).toBe(`function sample (dist/sample.zip)
  built by the last build because of
    functions/sample/app.py changed
    functions/sample/new.py added
  nothing has changed since`);
    },
    MINUTES,
  );

  test(
    'a requirement line is, and the version that it brings',
    async () => {
      writeFiles(project, { 'requirements.txt': '--no-index\n--find-links vendor\nlib==2.0\n' });
      expect(await reason()).toBe('lib 1.0 -> 2.0');
      const told = JSON.parse(await explain('sample', '--json')).units[0];
      expect(told.last).toEqual({
        result: 'built',
        changes: [
          { kind: 'requirement', file: 'requirements.txt', from: 'lib==1.0', to: 'lib==2.0' },
          { kind: 'package', name: 'lib', from: '1.0', to: '2.0' },
        ],
      });
      expect(told.since).toEqual([]);
    },
    MINUTES,
  );

  test(
    'a version is, although no requirement has changed',
    async () => {
      writeFiles(project, { 'requirements.txt': '--no-index\n--find-links vendor\nlib\n' });
      expect(await reason()).toBe('unchanged');
      expect(await explain('sample')).toContain(`  unchanged by the last build, although there were
    requirements.txt: lib==2.0 -> lib
  built the time before because of
    requirements.txt: lib==1.0 -> lib==2.0
    lib 1.0 -> 2.0
`);
      writeFiles(project, await vendored('3.0'));
      expect(await reason()).toBe('vendor/lib-3.0-py3-none-any.whl added and 1 more');
      expect(await explain('sample')).toContain('\n    lib 2.0 -> 3.0\n');
    },
    MINUTES,
  );

  test(
    'an option is, an OS package, and what is carried of it',
    async () => {
      writeFiles(project, {
        'pkgr.yml': manifest(', prune: [tests], packages: [tree], bins: [/usr/bin/tree]'),
      });
      const build = await pkgr(project, ['build']);
      expect(build.code, build.stderr).toBe(0);
      expect(await explain('sample')).toMatch(
        new RegExp(
          [
            'because of',
            '    OS package tree added',
            '    bins: /usr/bin/tree added',
            '    prune: .* added',
            '    OS package tree \\S+ added',
            '  nothing has changed since',
          ].join('\n'),
        ),
      );
      const { units, librarySets } = JSON.parse(
        readFileSync(join(project, 'dist/artifacts.json'), 'utf8'),
      );
      expect(librarySets[units[1].libraries]).toEqual([
        {
          name: 'bin/tree',
          path: '/usr/bin/tree',
          package: 'tree',
          system: expect.any(String),
          version: expect.any(String),
        },
      ]);
    },
    MINUTES,
  );

  test(
    'a zip that is gone or damaged is, and what nothing tells of',
    async () => {
      rmSync(join(project, 'dist/sample.zip'));
      truncateSync(join(project, 'dist/other.zip'), 10);
      expect(await explain('sample')).toMatch(
        / {2}changed since\n {4}dist\/sample\.zip was missing$/,
      );
      const { stderr } = await pkgr(project, ['build']);
      expect(whyIn(stderr, 'sample')).toBe('dist/sample.zip was missing');
      expect(whyIn(stderr, 'other')).toBe('dist/other.zip was not what had been built');
      rmSync(join(project, 'dist/artifacts.json'));
      writeFiles(project, { 'functions/sample/app.py': `SAMPLE = "${fresh()}"\n` });
      expect(await reason()).toBe('dist/sample.zip was there, but nothing told of it');
    },
    MINUTES,
  );

  test(
    'another image under the same name is, and which image it was is recorded',
    async () => {
      const image = await newLocalImage();
      const own = newProject({
        'pkgr.yml': `functions: {sample: {runtime: python3.11, image: ${image.name}, include: app.py}}\n`,
        'app.py': '',
      });
      expect((await pkgr(own, ['build'])).code).toBe(0);
      const before = await idOf(image.name);
      expect(artifactsOf(own).units[0].base).toEqual({
        kind: 'image',
        name: image.name,
        id: before,
      });
      await image.turn();
      const told = `another image named ${image.name}: ${before} -> ${await idOf(image.name)}`;
      expect((await pkgr(own, ['explain'])).stdout).toContain(`  changed since\n    ${told}`);
      const { stderr } = await pkgr(own, ['build']);
      expect(whyIn(stderr, 'sample')).toBe(told);
    },
    MINUTES,
  );

  test(
    'pkgr itself is, when it packs otherwise',
    async () => {
      const other = newFolder();
      const repository = join(import.meta.dirname, '../..');
      for (const folder of ['dist', 'templates']) {
        cpSync(join(repository, folder), join(other, folder), { recursive: true });
      }
      symlinkSync(join(repository, 'node_modules'), join(other, 'node_modules'));
      const about = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
      writeFileSync(join(other, 'package.json'), JSON.stringify({ ...about, version: '99.0.0' }));
      const packer = join(other, 'templates/zipwriter.py');
      const text = readFileSync(packer, 'utf8');
      writeFileSync(packer, text.replace(/(?<=^_LEVEL, .* = )6,/m, '1,'));
      const cli = join(other, 'dist/cli/main.js');
      const { stderr } = await run(process.execPath, [cli, 'build', 'other'], project);
      expect(whyIn(stderr, 'other')).toBe(`pkgr ${about.version} -> 99.0.0`);
    },
    MINUTES,
  );

  test(
    'artifacts.json is the same for the same inputs, wherever and whenever they are built',
    async () => {
      expect(await reason('other')).toMatch(/^pkgr 99\.0\.0 -> /);
      const elsewhere = newFolder();
      cpSync(project, elsewhere, {
        recursive: true,
        filter: (path) => !path.endsWith('/dist'),
      });
      expect((await pkgr(elsewhere, ['build', 'other'])).code).toBe(0);
      expect((await pkgr(elsewhere, ['build', 'sample'], { umask: '077' })).code).toBe(0);
      const path = 'dist/artifacts.json';
      const text = readFileSync(join(project, path), 'utf8');
      expect(readFileSync(join(elsewhere, path), 'utf8')).toBe(text);
      expect(text).not.toContain(project);
      expect(artifactsOf(project).units[0].base).toEqual({
        kind: 'image',
        name: defaultImage,
        id: await idOf(localImage),
      });
    },
    MINUTES,
  );
});

function artifactsOf(folder: string) {
  return JSON.parse(readFileSync(join(folder, 'dist/artifacts.json'), 'utf8'));
}

async function idOf(image: string): Promise<string> {
  const { stdout } = await run('docker', ['image', 'inspect', '--format', '{{.Id}}', image]);
  return stdout.trim();
}

/** What the line of a unit says behind its size and seconds; `unchanged` for a unit that was not built. */
function whyIn(stderr: string, name: string): string | undefined {
  const [, result, why] =
    new RegExp(`^(\\w+) +${name} +\\S+ k?B(?: +[\\d.]+ s)?(?: {2,}(\\S.*))?$`, 'm').exec(stderr) ??
    [];
  return result === 'built' ? why : result;
}
