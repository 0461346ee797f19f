import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Content, hashOf } from '../build/project.js';
import { readZip } from '../examples/zip.js';
import { frameworks, newService, sls } from './service.js';
import { smallService, smallSources, yaml } from './small-service.js';

const CLOUD = join(import.meta.dirname, 'cloud.cjs');
const image = `123456789012.dkr.ecr.us-east-1.amazonaws.com/team@sha256:${'0'.repeat(64)}`;

/** A deployment that reaches no cloud. */
const deployed = { plugins: ['pkgr', './cloud.cjs'] };

/** Functions of every kind that a framework deploys, and a layer; some of them are none of pkgr's. */
const mixed: Readonly<Record<string, Content>> = {
  ...smallSources,
  'serverless.yml': yaml({
    ...smallService,
    ...deployed,
    custom: { soclessPackager: { ...smallService.custom.soclessPackager, packageLayers: true } },
    functions: {
      ...smallService.functions,
      other: { handler: 'app.handler', package: { include: ['functions/other'] } },
      script: { handler: 'script.handler', runtime: 'nodejs20.x', package: { individually: true } },
      container: { image },
      ready: {
        handler: 'app.handler',
        package: { artifact: 'made/ready.zip', individually: true },
      },
    },
    layers: { tools: { path: 'layers/tools' } },
  }),
  'cloud.cjs': readFileSync(CLOUD, 'utf8'),
  'functions/other/app.py': 'def handler(event, context): return "other"\n',
  'script.js': 'exports.handler = async () => 1;\n',
  'layers/tools/python/tools.py': 'VERSION = 1\n',
  'made/ready.zip': 'a zip of its own making',
};

const files = (folder: string, name: string) => readdirSync(join(folder, name)).sort();
const paths = async (zip: string) => (await readZip(zip)).map(({ path }) => path);

describe.each(frameworks)('in %s', (framework) => {
  test('package --package DIR leaves all in DIR that deploy --package DIR needs', async () => {
    const folder = await newService(mixed);
    const options = ['--stage', 'prod', '--package', 'out'];
    const packaged = await sls(framework, folder, ['package', ...options]);
    expect(packaged, packaged.output).toMatchObject({ code: 0 });

    // The stage of the command line is in the name of the zip.
    expect(files(folder, '_build')).toEqual([
      'artifacts.json',
      'hello-prod.zip',
      'small-prod-other.zip',
      'tools.zip',
    ]);
    expect(files(folder, 'out').filter((name) => name.endsWith('.zip'))).toEqual([
      'hello.zip',
      'other.zip',
      'script.zip',
      'tools.zip',
    ]);
    expect(hashOf(join(folder, 'out/hello.zip'))).toBe(
      hashOf(join(folder, '_build/hello-prod.zip')),
    );
    // What the framework packs itself has nothing of pkgr's in it.
    const script = await paths(join(folder, 'out/script.zip'));
    expect(script).toContain('script.js');
    expect(script.filter((path) => path.startsWith('_build/'))).toEqual([]);
    expect(await paths(join(folder, 'out/tools.zip'))).toContain('python/tools.py');
    const state = JSON.parse(readFileSync(join(folder, 'out/serverless-state.json'), 'utf8')) as {
      service: { functions: Record<string, { package?: { artifact?: string } }> };
    };
    expect(state.service.functions.ready?.package?.artifact).toBe('made/ready.zip');
    expect(state.service.functions.container?.package?.artifact).toBeUndefined();

    const built = hashOf(join(folder, '_build/hello-prod.zip'));
    for (const source of ['_build', 'functions', 'layers']) {
      rmSync(join(folder, source), { recursive: true });
    }
    const deployed = await sls(framework, folder, ['deploy', ...options]);
    expect(deployed, deployed.output).toMatchObject({ code: 0 });
    const zips = ['hello.zip', 'other.zip', 'ready.zip', 'script.zip', 'tools.zip'];
    expect(files(folder, 'cloud')).toEqual(zips);
    expect(hashOf(join(folder, 'cloud/hello.zip'))).toBe(built);
  });

  test('deploy removes what pkgr has made afterwards, and nothing else', async () => {
    const folder = await newService({
      ...mixed,
      '_build/notes.txt': 'mine',
      '_build/old.zip': 'mine',
      '_build/deep/': '',
      '_build/link': { link: '../made' },
    });
    const { code, output } = await sls(framework, folder, ['deploy', '--stage', 'prod']);
    expect(code, output).toBe(0);
    expect(files(folder, 'cloud')).toContain('hello-prod.zip');
    expect(files(folder, '_build')).toEqual(['deep', 'link', 'notes.txt', 'old.zip']);
    expect(files(folder, 'made')).toEqual(['ready.zip']);
  });

  test('deploy function packages that function alone', async () => {
    const folder = await newService(mixed);
    const { code, output } = await sls(framework, folder, ['deploy', 'function', '-f', 'other']);
    expect(code, output).toBe(0);
    expect(files(folder, '_build')).toEqual(['artifacts.json', 'small-dev-other.zip']);
    const uploaded = join(folder, 'cloud/small-dev-other.zip');
    expect(hashOf(uploaded)).toBe(hashOf(join(folder, '_build/small-dev-other.zip')));
    expect(await paths(uploaded)).toContain('app.py');
  });
});

test('deploy removes nothing with cleanup: false', async () => {
  const { soclessPackager } = smallService.custom;
  const folder = await newService({
    ...smallSources,
    'serverless.yml': yaml({
      ...smallService,
      ...deployed,
      custom: { soclessPackager: { ...soclessPackager, cleanup: false } },
    }),
    'cloud.cjs': readFileSync(CLOUD, 'utf8'),
  });
  const { code, output } = await sls('osls', folder, ['deploy']);
  expect(code, output).toBe(0);
  expect(files(folder, 'cloud')).toEqual(['hello-dev.zip']);
  expect(files(folder, '_build')).toEqual(['artifacts.json', 'hello-dev.zip']);
});
