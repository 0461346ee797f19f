import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docker, hasEngine } from '../engine/local-engine.js';
import { engineBuilder, runtimeImage } from '../examples/stand-ins.js';
import { localProject } from '../host/python-packages.js';
import { localImage, needsEngine } from './engine-environment.js';
import { fresh, newFolder, newProject, writeFiles, zipHashes } from './project.js';
import { build, ended, pkgr, run, said, startPkgr } from './run.js';
import { needsSecondEngine, type SecondEngine, startSecondEngine } from './second-engine.js';

const MINUTES = 180_000;
const unchanged = { one: 'unchanged', other: 'unchanged', same: 'unchanged' };

describe.runIf(needsSecondEngine === '')(
  `builders that share the units${needsSecondEngine}`,
  () => {
    /** Small, because each engine has to be given it; and known to both by this name. */
    const image = `pkgr.local/test-${fresh()}`;
    let second: SecondEngine;
    let first: string;
    let both: string;
    let project: string;
    let cache: string;

    /** Makes the image in the first engine, or in that of a context. */
    const makeImage = (dockerfile: string, context?: string) => {
      const folder = newProject({ Dockerfile: dockerfile });
      const [engine, builder] = context === undefined ? [[], []] : [['--context'], ['--builder']];
      const at = (flag: readonly string[]) => flag.flatMap((each) => [each, context ?? '']);
      const load = ['--load', '--tag', image, folder];
      return run(docker, [...at(engine), 'buildx', 'build', ...at(builder), ...load]);
    };

    beforeAll(async () => {
      second = await startSecondEngine();
      first = await engineBuilder();
      both = `${first},${second.context}`;
      await makeImage(`FROM ${localImage} AS build
FROM ${await runtimeImage('python3.11')}
COPY --from=build /usr/lib/python3/dist-packages/ /usr/lib/python3/dist-packages/
COPY --from=build /usr/lib/python3.11/distutils/ /usr/lib/python3.11/distutils/
`);
      const load = '"$0" save "$1" | "$0" --context "$2" load';
      await run('sh', ['-c', load, docker, image, second.context]);
      cache = join(newFolder(), 'cache');
      project = newProject({
        'pkgr.yml': `global: {runtime: python3.11, image: "${image}", include: code/}
functions:
  one: {requirements: [--no-index, ./one]}
  other: {requirements: [--no-index, ./other]}
  same: {requirements: [--no-index, ./other]}
`,
        'code/app.py': `TOKEN = "${fresh()}"\n`,
        ...localProject('one', 'one'),
        ...localProject('other', 'other'),
      });
    });

    afterAll(async () => {
      await second?.remove();
      await run(docker, ['image', 'rm', '--force', image]);
    });

    test(
      'build a dependency set each, into the zips that one of them makes',
      async () => {
        const { code, stderr } = await pkgr(project, ['build', '-d', '--builder', both]);
        expect({ code, warnings: stderr.match(/^warning.*/m) }).toEqual({
          code: 0,
          warnings: null,
        });
        // Told by the solve for the digests, and again, from the cache, when the zips are fetched.
        const installs = [...stderr.matchAll(/^\[(\S+)\] \[(deps-\d) \d\/\d\] RUN/gm)];
        const pairs = new Set(installs.map(([, builder, stage]) => `${builder} ${stage}`));
        const split = [0, 1].map((turn) =>
          [first, second.context].map(
            (builder, index) => `${builder} deps-${((index + turn) % 2) + 1}`,
          ),
        );
        expect(split.map((each) => each.sort())).toContainEqual([...pairs].sort());

        const writing = ['--cache-to', `type=local,dest=${cache},mode=max`];
        expect(await build(project, ['--builder', second.context, ...writing])).toEqual(unchanged);
      },
      MINUTES,
    );

    test(
      'start warm with the cache that another build has written',
      async () => {
        const prune = ['buildx', 'prune', '--builder', second.context, '--all', '--force'];
        await run(docker, ['--context', second.context, ...prune]);
        const warm = ['--builder', second.context, '--cache-from', `type=local,src=${cache}`];
        const { code, stderr } = await pkgr(project, ['build', '-d', ...warm]);
        expect({ code, warnings: stderr.match(/^warning.*/m) }).toEqual({
          code: 0,
          warnings: null,
        });
        expect(stderr).toMatch(/^\[deps-1 \d\/\d\] from the cache$/m);
        expect(stderr).not.toMatch(/^\[deps-\d \d\/\d\] done in/m);
      },
      MINUTES,
    );

    test(
      'take over from one whose engine dies in the middle, and every zip is whole',
      async () => {
        const before = zipHashes(project);
        // The second engine never gets further than this by itself.
        await makeImage(`FROM ${image}\nRUN touch /waits\n`, second.context);
        for (const name of ['one', 'other']) {
          const { [`${name}/backend.py`]: backend } = localProject(name, name);
          const waiting = 'import os, time\nif os.path.exists("/waits"): time.sleep(600)\n';
          writeFiles(project, {
            [`${name}/${name}.py`]: `VALUE = "${fresh()}"\n`,
            [`${name}/backend.py`]: `${waiting}${backend}`,
          });
        }
        const building = startPkgr(project, ['build', '-d', '--builder', both]);
        await said(building, new RegExp(`^\\[${second.context}\\] \\[deps-\\d .*RUN`, 'm'));
        await second.kill();
        const { code, stderr } = await ended(building);
        expect({ code, stderr }).toMatchObject({ code: 0 });
        expect(stderr).toContain(
          `warning: the builder ${second.context} is lost, and ${first} takes its share: `,
        );
        const after = zipHashes(project);
        for (const name of Object.keys(unchanged)) expect(after[name]).not.toBe(before[name]);
        const zips = ['one.zip', 'other.zip', 'same.zip'];
        expect(readdirSync(join(project, 'dist')).sort()).toEqual(['artifacts.json', ...zips]);
        // The first engine alone makes the same of it.
        expect(await build(project, ['--builder', first])).toEqual(unchanged);
      },
      MINUTES,
    );

    test(
      'that do not answer, or that are none, are told apart',
      async () => {
        const down = await pkgr(project, ['build', '--builder', both]);
        const stdout = 'dist/one.zip\ndist/other.zip\ndist/same.zip';
        expect(down).toMatchObject({ code: 0, stdout });
        expect(down.stderr).toContain(`${second.context} is lost`);

        const alone = await pkgr(project, ['build', '--builder', second.context]);
        expect(alone).toMatchObject({ code: 75, stdout: '' });
        expect(alone.stderr).toContain('[engine-unreachable]');

        const wrong = await pkgr(project, ['build', '--builder', `${both},nobody`]);
        expect(wrong).toMatchObject({ code: 2, stdout: '' });
        expect(wrong.stderr).toMatch(
          /^error: there is no builder "nobody" \[unknown-builder\]\n.*$/,
        );
      },
      MINUTES,
    );
  },
);

describe.runIf(hasEngine)(`caches that cannot be had${needsEngine}`, () => {
  test(
    'are warned of, without what is secret about them, and the zip is built',
    async () => {
      const project = newProject({
        'pkgr.yml': 'functions: {f: {runtime: python3.11, include: app.py}}\n',
        'app.py': `TOKEN = "${fresh()}"\n`,
      });
      const place = 'type=s3,region=x,bucket=b,name=n,access_key_id=AKIAHUNTER2';
      const caches = [
        ...['--cache-from', 'type=registry,ref=127.0.0.1:1/cache'],
        ...['--cache-to', `${place},secret_access_key=hunter2`],
      ];
      const { code, stdout, stderr } = await pkgr(project, ['build', '-d', ...caches]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'dist/f.zip' });
      expect(stderr).toMatch(/^warning: .* \[cache-not-read\]\n {2}\| 127\.0\.0\.1:1\/cache: /m);
      expect(stderr).toMatch(/^warning: .* \[cache-not-written\]$/m);
      expect(stderr).not.toMatch(/hunter2/i);

      const wrong = await pkgr(project, ['build', '--cache-to', 'secret_access_key=hunter2']);
      expect(wrong).toMatchObject({ code: 2, stdout: '' });
      expect(wrong.stderr).toMatch(
        /^error: --cache-to "secret_access_key=\*\*\*": it has no type \[invalid-value\]/,
      );
    },
    MINUTES,
  );
});
