import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { localProject, wheel } from '../host/python-packages.js';
import { bakeGenerated } from './bake.js';
import { needsEngine } from './engine-environment.js';
import { type Content, fresh, hashOf, newFolder, writeFiles, zipHashes } from './project.js';
import { build, pkgr, run } from './run.js';

const MINUTES = 180_000;

const files: Readonly<Record<string, Content>> = {
  'pkgr.yml': `global: {runtime: python3.11, requirements: requirements.txt}
functions:
  a: {include: functions/a/}
  b: {include: [functions/b, {from: shared/, to: common}]}
layers:
  Layer.1: {runtime: python3.11, include: shared, requirements: ./vendor/one-1.0-py3-none-any.whl}
`,
  'requirements.txt': '--no-index\n./vendor/one-1.0-py3-none-any.whl\n./lib\n',
  'vendor/one-1.0-py3-none-any.whl': await wheel('one', { 'one.py': `ONE = "${fresh()}"\n` }),
  ...localProject('lib', 'library'),
  'functions/a/app.py': 'import one\n',
  'functions/a/tool.sh': '#!/bin/sh\n',
  'functions/a/current': { link: 'app.py' },
  'functions/a/Z.py': '',
  'functions/a/z.py': '',
  'functions/a/ä.py': '',
  'functions/b/app.py': 'import library\n',
  'shared/deep/er/text.txt': 'text\n',
};

let here: string;

describe.runIf(hasEngine)(`the same sources give the same bytes${needsEngine}`, () => {
  beforeAll(async () => {
    here = join(newFolder(), 'here');
    writeFiles(here, files);
    await build(here);
  }, MINUTES);

  test(
    'in another folder, with other modes, times and order of files, zone and language',
    async () => {
      const there = join(newFolder(), "an other, 'deeper' folder", 'there');
      for (const [name, content] of Object.entries(files).reverse()) {
        writeFiles(there, { [name]: content });
      }
      for (const entry of readdirSync(there, { recursive: true, withFileTypes: true })) {
        if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), 1, 1e9);
      }
      await run('chmod', ['-R', 'go=', there]);
      expect(statSync(join(there, 'requirements.txt')).mode & 0o777).toBe(0o600);
      const env = { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
      await build(there, ['--no-cache'], { env, umask: '077' });
      expect(Object.keys(zipHashes(here))).toEqual(['Layer.1', 'a', 'b']);
      expect(zipHashes(there)).toEqual(zipHashes(here));
    },
    MINUTES,
  );

  test(
    'with docker buildx build of the generated files, which share the cache of pkgr build',
    async () => {
      const { code } = await pkgr(here, ['gen'], { umask: '077' });
      expect(code).toBe(0);
      const expected = zipHashes(here);
      expect(await bake('Dockerfile')).toEqual(expected);
      expect(await bake('Dockerfile', 'a')).toEqual({ a: expected.a });
      expect(await bake('Dockerfile', 'layer.1')).toEqual({ 'Layer.1': expected['Layer.1'] });
      for (const name of ['a', 'b', 'Layer.1']) {
        expect(await bake(`${name}.Dockerfile`)).toEqual({ [name]: expected[name] });
      }
    },
    MINUTES,
  );

  test('an unzipped size, a size and hashes are in artifacts.json as they are on disk', () => {
    const report = JSON.parse(readFileSync(join(here, 'dist/artifacts.json'), 'utf8'));
    expect(
      report.units.map(({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`),
    ).toEqual(['layer Layer.1', 'function a', 'function b']);
    for (const { path, size, sha256, sourceCodeHash } of report.units) {
      const zip = join(here, path);
      expect({ size, sha256 }).toEqual({ size: statSync(zip).size, sha256: hashOf(zip) });
      expect(Buffer.from(sourceCodeHash, 'base64').toString('hex')).toBe(sha256);
    }
  });
});

/**
 * Builds with a generated Dockerfile and Docker alone. Throws when a RUN was not in the cache.
 * @returns the hashes of what was exported, by the names of the zips
 */
async function bake(dockerfile: string, target?: string) {
  const { output, stderr } = await bakeGenerated(here, dockerfile, target);
  const runs = [...stderr.matchAll(/^#(\d+) \[[^\]]*\] RUN /gm)].map(([, id]) => id);
  const cached = [...stderr.matchAll(/^#(\d+) CACHED$/gm)].map(([, id]) => id);
  expect(runs.length).toBeGreaterThan(0);
  expect(runs.filter((id) => !cached.includes(id))).toEqual([]);
  return Object.fromEntries(
    readdirSync(output).map((name) => [name.replace(/\.zip$/, ''), hashOf(join(output, name))]),
  );
}
