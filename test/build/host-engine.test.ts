import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { copyExample } from '../examples/example.js';
import { compareZips } from '../host/compare-zips.js';
import { wheel } from '../host/python-packages.js';
import { needsEngine } from './engine-environment.js';
import { newFolder, newProject, zipHashes } from './project.js';
import { build, pkgr } from './run.js';

const env = { XDG_CACHE_HOME: newFolder() };

describe.runIf(hasEngine)(`packing without Docker gives the same entries${needsEngine}`, () => {
  test('for wheels of PyPI, compiled ones too', async () => {
    const units = ['slack_send_dialog', 'slack_send_message'];
    const example = await copyExample('socless-slack');
    await build(example.folder);
    const inDocker = units.map((unit) => readFileSync(join(example.folder, `dist/${unit}.zip`)));
    await build(example.folder, ['--engine', 'host'], { env });
    for (const [index, unit] of units.entries()) {
      const onHost = readFileSync(join(example.folder, `dist/${unit}.zip`));
      expect(await compareZips(inDocker[index] ?? Buffer.alloc(0), onHost), unit).toEqual([]);
    }
    await example.remove();
  });
});

describe('packing without Docker', () => {
  let project: string;

  beforeAll(async () => {
    project = newProject({
      'pkgr.yml': `global: {runtime: python3.11}
functions:
  fine: {include: app.py, requirements: ["--no-index", ./one-1.0-py3-none-any.whl]}
  libs: {include: app.py, libs: [/usr/lib/libx.so], packages: [libx]}
`,
      'app.py': 'import one\n',
      'one-1.0-py3-none-any.whl': await wheel('one', { 'one.py': 'ONE = 1\n' }),
    });
  });

  test('needs no docker command, and changes nothing the second time', async () => {
    const withoutDocker = { env: { ...env, PKGR_DOCKER: '/nonexistent' } };
    const arguments_ = ['fine', '--engine', 'host'];
    expect(await build(project, arguments_, withoutDocker)).toEqual({ fine: 'built' });
    const hashes = zipHashes(project);
    expect(await build(project, arguments_, withoutDocker)).toEqual({ fine: 'unchanged' });
    expect(zipHashes(project)).toEqual(hashes);
  });

  test('is refused, with the line, for what needs an image', async () => {
    const { code, stderr } = await pkgr(project, ['build', '--engine', 'host'], { env });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^pkgr\.yml:4:\d+: error: libs needs OS packages \(libx\) .*\[needs-docker\]$/m,
    );
    expect(stderr).toMatch(/^pkgr\.yml:4:\d+: error: libs carries libraries .*\[needs-docker\]$/m);
  });
});
