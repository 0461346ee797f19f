import { describe, expect, test } from 'vitest';
import { formatDiagnostics } from '../../src/diagnostics/index.js';
import { refuseWhatNeedsDocker } from '../../src/host/index.js';
import { type Content, planOf, temporaryProject } from './temporary-project.js';

/** What is told of these units of a manifest, as printed. */
async function told(
  manifest: string,
  files: Readonly<Record<string, Content>> = {},
  names?: readonly string[],
  path?: string,
): Promise<readonly string[]> {
  const root = temporaryProject({ 'pkgr.yml': manifest, 'app/a.py': '', ...files });
  const plan = await planOf(root);
  const units = plan.units.filter(({ name }) => names?.includes(name) ?? true);
  return formatDiagnostics(refuseWhatNeedsDocker(plan, units, path)).split('\n');
}

describe('packing without Docker', () => {
  test('refuses OS packages, at the line that asks for them', async () => {
    const manifest = `global:
  runtime: python3.11
functions:
  plain: {handler: a.b, include: [app]}
  hello:
    handler: a.b
    include: [app]
    packages: [libxml2-devel, gcc]
`;
    expect(await told(manifest)).toEqual([
      'pkgr.yml:8:16: error: hello needs OS packages (libxml2-devel, gcc) [needs-docker]',
      '  hint: build with Docker (without --engine host), or remove packages if all requirements have wheels',
    ]);
    expect(await told(manifest, {}, ['plain'])).toEqual(['']);
  });

  test('refuses libraries and programs of an image, and a Dockerfile', async () => {
    const manifest = `functions:
  hello:
    handler: a.b
    runtime: python3.11
    include: [app]
    libs: [/usr/lib64/libx.so*]
    bins: [/usr/bin/tool]
  other:
    handler: a.b
    runtime: python3.11
    include: [app]
    dockerfile: docker/Dockerfile
`;
    expect(await told(manifest, { 'docker/Dockerfile': 'FROM scratch\n' })).toEqual([
      'pkgr.yml:6:12: error: hello carries libraries or programs of an image (/usr/lib64/libx.so*, /usr/bin/tool) [needs-docker]',
      '  hint: build with Docker (without --engine host), or include copies of them as files',
      'pkgr.yml:12:17: error: other is built on the Dockerfile docker/Dockerfile [needs-docker]',
      '  hint: build with Docker (without --engine host), or remove dockerfile from the unit',
    ]);
  });

  test('notes each image that it does not use, once, and says nothing of a default image', async () => {
    const manifest = `global:
  runtime: python3.11
  image: example.com/build:1
functions:
  one: {handler: a.b, include: [app]}
  two: {handler: a.b, include: [app], architecture: arm64}
  three: {handler: a.b, include: [app], image: example.com/other}
`;
    expect(await told(manifest)).toEqual([
      "pkgr.yml:3:10: notice: the image example.com/build:1 is not used without Docker: packages are chosen for Lambda's own machine, and lambda_lib and lambda_bin of the image are not carried [host-image-ignored]",
      "pkgr.yml:7:48: notice: the image example.com/other is not used without Docker: packages are chosen for Lambda's own machine, and lambda_lib and lambda_bin of the image are not carried [host-image-ignored]",
    ]);
    const plain = 'functions:\n  a: {handler: a.b, runtime: python3.11, include: [app]}\n';
    expect(await told(plain)).toEqual(['']);
  });

  test('refuses what is fetched with git when there is no git', async () => {
    const manifest = `functions:
  hello:
    handler: a.b
    runtime: python3.11
    include: [app]
    requirements: ["x @ git+https://example.com/x.git"]
`;
    expect(await told(manifest, {}, undefined, '/nowhere')).toEqual([
      'pkgr.yml:6:21: error: hello installs packages with git, and there is no git on PATH [needs-docker]',
      '  hint: install git, or build with Docker (without --engine host)',
    ]);
    const git = temporaryProject({ git: { program: '' } });
    expect(await told(manifest, {}, undefined, `/nowhere:${git}`)).toEqual(['']);
  });
});
