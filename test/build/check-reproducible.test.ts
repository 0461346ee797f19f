import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { readZip, textOf } from '../examples/zip.js';
import { localProject } from '../host/python-packages.js';
import { needsEngine } from './engine-environment.js';
import { fresh, newFolder, newProject } from './project.js';
import { build, pkgr } from './run.js';

const MINUTES = 180_000;

/** Its wheel holds something else each time, from the byte 9 on. */
const random = {
  ...localProject('lib', 'library'),
  'lib/backend.py': localProject('lib', 'library')
    ['lib/backend.py']?.replace('import os', 'import os, secrets')
    .replace(
      'wheel.write("library.py")',
      'wheel.writestr("library.py", "VALUE = " + str(7) + secrets.token_hex() + "\\n")',
    ),
};
const files = {
  'pkgr.yml': `global: {runtime: python3.11, include: app.py, bytecode: none}
functions:
  steady: {}
  random: {requirements: [--no-index, ./lib]}
`,
  'app.py': `APP = "${fresh()}"\n`,
  ...random,
} as Readonly<Record<string, string>>;
const said =
  /^pkgr\.yml:4:\d+: error: function random was built twice and dist\/random\.zip differs: library\.py \(74 bytes\) from its byte (\d+) on, counted from 0 \[not-reproducible\]\n {2}\| also different: library-1\.0\.dist-info\/RECORD\n {2}hint: pip builds library from source, .*SOURCE_DATE_EPOCH/m;

describe.runIf(hasEngine)(`building twice${needsEngine}`, () => {
  let project: string;
  beforeAll(() => {
    project = newProject(files);
  });

  test(
    'names the file and the byte that differ, leaves the zips of the second build, and exits with 1',
    async () => {
      const run = await pkgr(project, ['build', '--check-reproducible', '--json']);
      expect(run.stderr).toMatch(said);
      expect(run.stderr).toMatch(
        /^built twice without the cache: 1 the same to the last byte, 1 different$/m,
      );
      expect(run.code).toBe(1);
      const { units, reproducible } = JSON.parse(run.stdout);
      expect(units.map(({ status }: { status: string }) => status)).toEqual(['built', 'built']);
      expect(reproducible).toEqual({
        same: ['steady'],
        different: [
          {
            kind: 'function',
            name: 'random',
            path: 'dist/random.zip',
            first: {
              kind: 'content',
              path: 'library.py',
              byte: expect.any(Number),
              sizes: [74, 74],
            },
            others: ['library-1.0.dist-info/RECORD'],
          },
        ],
      });
      const { byte } = reproducible.different[0].first;
      expect(said.exec(run.stderr)?.[1]).toBe(String(byte));
      // Two of 64 random digits in a row may be the same, and hardly more.
      expect(byte).toBeGreaterThanOrEqual('VALUE = 7'.length);
      expect(byte).toBeLessThan('VALUE = 7'.length + 12);
      const text = textOf(await readZip(join(project, 'dist/random.zip')), 'library.py');
      expect(text).toMatch(/^VALUE = 7[0-9a-f]{64}\n$/);
      expect(await build(project)).toEqual({ steady: 'unchanged', random: 'unchanged' });
    },
    MINUTES,
  );

  test(
    'says that a unit is reproducible, and exits with 0',
    async () => {
      const run = await pkgr(project, ['build', 'steady', '--check-reproducible']);
      expect(run).toMatchObject({ code: 0, stdout: 'dist/steady.zip' });
      expect(run.stderr).toMatch(/^built twice without the cache: 1 the same to the last byte$/m);
    },
    MINUTES,
  );
});

describe('building twice without Docker', () => {
  const env = { XDG_CACHE_HOME: newFolder(), PKGR_DOCKER: '/nonexistent' };

  test('names the file and the byte, too', async () => {
    const project = newProject(files);
    const run = await pkgr(project, ['build', '--check-reproducible', '--engine', 'host'], { env });
    expect(run.stderr).toMatch(said);
    expect(run.stderr).toContain('1 the same to the last byte, 1 different');
    expect(run.code).toBe(1);
    expect(existsSync(join(project, 'dist/steady.zip'))).toBe(true);
  });
});
