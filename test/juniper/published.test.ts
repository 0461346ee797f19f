import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type BuildResult, build, openProject } from '../../src/api/index.js';
import { formatDiagnostic } from '../../src/diagnostics/index.js';
import { writeFiles } from '../build/project.js';
import { hasEngine } from '../engine/local-engine.js';
import { buildContexts, engineBuilder } from '../examples/stand-ins.js';
import { readZip } from '../examples/zip.js';
import { corpus } from '../project/juniper/corpus.js';
import { newFolder } from './project.js';
import { projectAround, publishedManifests, together, withImage } from './published.js';

const MINUTE = 60_000;

describe.runIf(hasEngine)('with nothing replaced but images', { timeout: 5 * MINUTE }, () => {
  let image = '';
  let published: readonly string[] = [];
  beforeAll(async () => {
    const [local = ''] = Object.values(await buildContexts(['python3.11']));
    image = local.replace('docker-image://', '');
    published = (await publishedManifests()).map((text) => withImage(text, image));
  }, 5 * MINUTE);

  test('every manifest of the description of juniper that is on PyPI is built', async () => {
    expect(published.length).toBeGreaterThanOrEqual(7);
    const packed: string[] = [];
    for (const manifest of published) packed.push(...(await zipsOf(projectAround(manifest))));
    expect(packed.map((line) => line.replace(/ (python\/)?six\S*/g, ''))).toMatchInlineSnapshot(`
      [
        "dist/router.zip: lambda_function.py",
        "dist/router.zip: mylib/module.py router/module.py",
        "dist/base.zip:",
        "dist/pg.zip:",
        "dist/base.zip:",
        "build/router.zip: lambda_function.py",
        "dist/router.zip: lambda_function.py",
        "dist/sample.zip: lambda_function.py",
      ]
    `);
    expect(packed.filter((line) => !line.includes('six.py'))).toEqual([]);
  });

  test('every shape of manifest in its repository is built, with contents of our own', async () => {
    const folder = newFolder();
    const all = Object.values(corpus).map(({ manifest, files }, index) => {
      writeFiles(folder, files);
      return withImage(manifest, image, `project${index}-`);
    });
    writeFiles(folder, { 'manifest.yml': together(all) });
    expect(await zipsOf(folder)).toMatchInlineSnapshot(`
      [
        "build/project0-greeter.zip: handler.py six-1.17.0.dist-info six.py",
        "build/project1-read_step.zip: reader/handler.py shared/__init__.py six-1.17.0.dist-info six.py",
        "build/project1-sum_step.zip: handler.py six-1.17.0.dist-info six.py",
        "build/project2-events.zip: events/get.py",
        "build/project3-sample.zip: handler.py six-1.17.0.dist-info six.py",
        "build/project4-front.zip: front/app.py six-1.17.0.dist-info six.py",
        "build/project4-side-worker.zip: side_worker/app.py",
        "build/project5-main.zip: six-1.17.0.dist-info six.py team/a.py",
        "build/project5-parallel-worker.zip: parallel_worker/a.py six-1.17.0.dist-info six.py team/a.py",
        "build/project6-everything.zip: events/get.py handler.py pkg/a.py read/reader/handler.py requirements/base.txt requirements/base_layer.txt requirements/database_layer.txt requirements/layer.txt shared/__init__.py six-1.17.0.dist-info six.py src/front/app.py src/lib/team/a.py src/worker/parallel_worker/a.py src/worker/side_worker/app.py sum/adder/handler.py",
        "build/project2-base.zip: python/six-1.17.0.dist-info python/six.py",
        "build/project2-database.zip: python/six-1.17.0.dist-info python/six.py",
        "build/project3-signing.zip: python/six-1.17.0.dist-info python/six.py",
      ]
    `);
  });
});

/** What is in each zip, below the top in short. Throws with what pkgr says when a unit fails. */
async function zipsOf(folder: string): Promise<readonly string[]> {
  const result = await built(folder);
  return Promise.all(
    result.units.map(async ({ unit }) => {
      const entries = await readZip(join(folder, unit.zip));
      // What pip installs, and bytecode, is in short.
      const names = entries
        .map(({ path }) => path.replace(/\.dist-info\/.*/, '.dist-info'))
        .filter((path) => !path.includes('__pycache__'));
      return `${unit.zip}: ${[...new Set(names)].join(' ')}`;
    }),
  );
}

async function built(cwd: string): Promise<BuildResult> {
  const result = await build(await openProject({ cwd, today: new Date('2026-01-01') }), {
    engine: 'docker',
    units: [],
    namedContexts: {},
    builders: [await engineBuilder()],
    environment: process.env,
    noCache: false,
  });
  const failures = result.units.flatMap((unit) =>
    unit.kind === 'failed' ? [formatDiagnostic(unit.diagnostic)] : [],
  );
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return result;
}
