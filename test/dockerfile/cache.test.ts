import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { copyPrograms } from '../../src/api/programs.js';
import { generateDockerfiles, generateSolve, type Wanted } from '../../src/dockerfile/index.js';
import { type BuildPlan, planProject } from '../../src/plan/index.js';
import { folderWith, hasEngine } from '../engine/local-engine.js';
import { buildContexts, engineBuilder } from '../examples/stand-ins.js';
import { contents, file, linesOf, projectOf, unitOf } from '../plan/sample.js';
import { solveFiles } from './solve-files.js';

const wheel = 'vendor/tiny-1.0-py3-none-any.whl';

/** A project that no earlier build has seen: two functions, one with a package and an own exclude. */
async function freshProject(): Promise<{ root: string; programs: string; plan: BuildPlan }> {
  const root = folderWith({ 'shared.py': 'shared = 1\n' });
  for (const folder of ['functions/a/tests', 'functions/b', 'vendor', '.pkgr']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  writeFileSync(join(root, 'functions/a/app.py'), `import tiny  # ${randomUUID()}\n`);
  writeFileSync(join(root, 'functions/a/tests/test_app.py'), 'left out\n');
  writeFileSync(join(root, 'functions/b/app.py'), 'pass\n');
  writeFileSync(join(root, wheel), await tinyWheel());
  await copyPrograms(join(root, '.pkgr/programs'));
  const programs = folderWith({});
  await copyPrograms(programs);
  const requirements = {
    ...linesOf('--no-index', `./${wheel}  # in the project`),
    inputs: [{ kind: 'file', path: wheel }] as const,
  };
  const units = [
    unitOf('a', { requirements, exclude: ['**/tests'] }),
    unitOf('b', { include: [contents('functions/b'), file('shared.py')] }),
    unitOf('pkgr', {
      kind: 'layer',
      include: [file('shared.py', 'python/shared.py')],
      requirements,
    }),
  ];
  return { root, programs, plan: planProject(projectOf(units)) };
}

async function tinyWheel(): Promise<Buffer> {
  const zip = new ZipFile();
  const add = (path: string, text: string) => zip.addBuffer(Buffer.from(text), path);
  add('tiny.py', `id = ${JSON.stringify(randomUUID())}\n`);
  add('tiny-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n');
  add('tiny-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n');
  add(
    'tiny-1.0.dist-info/RECORD',
    'tiny.py,,\ntiny-1.0.dist-info/METADATA,,\ntiny-1.0.dist-info/WHEEL,,\ntiny-1.0.dist-info/RECORD,,\n',
  );
  zip.end();
  return buffer(zip.outputStream);
}

/** The RUN steps of a build by stage, and whether each came from the cache. */
function runsOf(stderr: string): ReadonlyMap<string, boolean> {
  const runs = new Map<string, boolean>();
  for (const [, id = '', stage = ''] of stderr.matchAll(/^#(\d+) \[(\S+) +\d+\/\d+\] RUN /gm)) {
    runs.set(stage, new RegExp(`^#${id} CACHED$`, 'm').test(stderr));
  }
  return runs;
}

describe.runIf(hasEngine)('all ways to build the same plan', { timeout: 300_000 }, () => {
  test('give the same zips, and each finds the steps of the others in Docker’s cache', async () => {
    const { root, programs, plan } = await freshProject();
    const contexts = Object.entries(await buildContexts(['python3.11']));
    const options = [
      ...['--builder', await engineBuilder()],
      ...contexts.flatMap(([name, value]) => ['--build-context', `${name}=${value}`]),
    ];
    const generated = new Map(
      (await generateDockerfiles(plan, '.pkgr')).map(({ path, text }) => [path, text]),
    );
    const build = (name: string) =>
      solveFiles({
        root,
        dockerfile: generated.get(name) ?? '',
        ignore: (generated.get(`${name}.dockerignore`) ?? '').split('\n'),
        options,
      });
    const solve = async (kind: Wanted['kind']) => {
      const source = { kind: 'named-context', name: 'pkgr' } as const;
      const { dockerfile, ignore, target } = await generateSolve(
        plan,
        { kind, units: plan.units },
        source,
      );
      const named = ['--build-context', `pkgr=${programs}`, '--target', target];
      return solveFiles({
        root,
        dockerfile,
        ignore: ignore.split('\n'),
        options: [...options, ...named],
      });
    };

    const combined = await build('Dockerfile');
    expect([...combined.files.keys()].sort()).toEqual(['a.zip', 'b.zip', 'pkgr.zip']);
    expect(Object.fromEntries(runsOf(combined.stderr))).toMatchObject({
      'a-zip': false,
      'deps-1': false,
    });

    const { files: inFolder, stderr } = await solve('zips');
    const changed = [...inFolder].map(([path, bytes]) => {
      expect(path).toMatch(/^zips\//);
      return [path.replace('zips/', ''), bytes] as const;
    });
    const again = [
      { files: new Map(changed), stderr },
      ...(await Promise.all(['a', 'b', 'pkgr'].map((name) => build(`${name}.Dockerfile`)))),
    ];
    expect(again.map(({ files }) => [...files.keys()].sort())).toEqual([
      ['a.zip', 'b.zip', 'pkgr.zip'],
      ['a.zip'],
      ['b.zip'],
      ['pkgr.zip'],
    ]);
    for (const { files, stderr } of again) {
      for (const [name, bytes] of files)
        expect(bytes.equals(combined.files.get(name) ?? Buffer.of()), name).toBe(true);
      const runs = runsOf(stderr);
      expect([...runs.values()], [...runs.keys()].join()).not.toContain(false);
      expect(runs.size).toBeGreaterThan(0);
    }

    const digests = await solve('digests');
    expect([...digests.files.keys()].sort()).toEqual([
      'digests/a.json',
      'digests/b.json',
      'digests/deps-1.resolved',
      'digests/pkgr.json',
    ]);
    for (const [name, bytes] of combined.files) {
      const digest = JSON.parse(
        String(digests.files.get(`digests/${name.replace('.zip', '.json')}`)),
      );
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(digest).toMatchObject({ sha256, size: bytes.length });
    }
    expect([...runsOf(digests.stderr).values()]).not.toContain(false);
  });
});
