import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { docker, hasEngine } from '../engine/local-engine.js';
import { buildContexts, engineBuilder, runtimeImage } from '../examples/stand-ins.js';
import { toldOf } from './project.js';

const MINUTE = 60_000;

/** Each wrong in one way, in the middle of what is right. */
describe.runIf(hasEngine)(
  'what only the image can tell to be wrong',
  { timeout: 2 * MINUTE },
  () => {
    const images = { debian: '', noPython: '', lambda: '', collides: '', noShell: '' };
    beforeAll(async () => {
      const contexts = await buildContexts(['python3.11']);
      const [debian = ''] = Object.values(contexts).map((name) =>
        name.replace('docker-image://', ''),
      );
      images.debian = debian;
      images.lambda = await runtimeImage('python3.11');
      images.noPython = await imageOf('no-python', `FROM ${debian}\nRUN rm /usr/bin/python3*\n`);
      images.noShell = await imageOf(
        'no-shell',
        `FROM scratch\nCOPY --from=${debian} /etc/passwd /etc/\n`,
      );
      const folder = '/var/task/lambda_lib/requests';
      images.collides = await imageOf(
        'collides',
        `FROM ${debian}\nRUN mkdir -p ${folder} && touch ${folder}.py ${folder}/api.py\n`,
      );
    }, 10 * MINUTE);

    test('a library glob that matches nothing, at its own line', async () => {
      const manifest = `
layers:
  xmlsec:
    runtime: python3.11
    libs:
      - /usr/lib/x86_64-linux-gnu/libc.so.6
      - /usr/lib64/libxmlsec1*.so*
`;
      expect(await toldOf({ 'pkgr.yml': manifest })).toMatchInlineSnapshot(`
        "pkgr.yml:7:9: error: xmlsec: /usr/lib64/libxmlsec1*.so* matches no file in the image [library-not-found]
          hint: name the OS package that has it under packages, or drop the line; where it lies differs between distributions: /usr/lib64 or /usr/lib/x86_64-linux-gnu"
      `);
    });

    test('an OS package that does not exist, at its own place', async () => {
      const manifest = `
layers:
  db:
    runtime: python3.11
    requirements: [six]
    packages: [gcc, libpg-dev]
`;
      expect(await toldOf({ 'pkgr.yml': manifest })).toMatchInlineSnapshot(`
        "pkgr.yml:6:21: error: db: libpg-dev: not found by apt-get [os-package-not-found]
          hint: check the name, which differs between distributions: a list for each package manager is written packages: {apt-get: [libpq-dev], dnf: [libpq-devel]}"
      `);
    });

    test('an image without a package manager', async () => {
      const manifest = `
layers:
  db:
    runtime: python3.11
    image: ${images.lambda}
    requirements: [six]
    packages: [gcc]
`;
      const told = await toldOf({ 'pkgr.yml': manifest });
      expect(told.replaceAll(images.lambda, 'IMAGE')).toMatchInlineSnapshot(`
        "pkgr.yml:7:16: error: db: the image has no package manager pkgr knows (apt-get, dnf, microdnf, yum, apk) [no-package-manager]
          hint: choose an image that has one, or install the packages in a Dockerfile of your own (dockerfile:)"
      `);
    });

    test('an image with another Python than the runtime says', async () => {
      const manifest = `
functions:
  hello:
    runtime: python3.12
    image: ${images.debian}
    requirements: [six]
`;
      expect(await toldOf({ 'pkgr.yml': manifest })).toMatchInlineSnapshot(`
        "pkgr.yml:5:12: error: hello: the runtime is python3.12 but /usr/bin/python3 is Python 3.11: choose an image that has python3.12 [wrong-python]
          hint: change runtime or image so that they agree"
      `);
    });

    test('an image without Python', async () => {
      const manifest = `
functions:
  hello:
    runtime: python3.11
    image: ${images.noPython}
    requirements: [six]
`;
      const told = await toldOf({ 'pkgr.yml': manifest });
      expect(told.replaceAll(images.noPython, 'IMAGE')).toMatchInlineSnapshot(`
        "pkgr.yml:5:12: error: The image IMAGE of hello has no python3 [wrong-python]
          hint: choose an image that has the Python of the runtime, with pip and a shell; without \`image:\` the default one of the runtime is used"
      `);
    });

    test('an image without a shell', async () => {
      const manifest = `
functions:
  hello:
    runtime: python3.11
    image: ${images.noShell}
    requirements: [six]
`;
      const told = await toldOf({ 'pkgr.yml': manifest });
      expect(told.replaceAll(images.noShell, 'IMAGE')).toMatchInlineSnapshot(`
        "pkgr.yml:5:12: error: The image IMAGE of hello has no user root [wrong-python]
          hint: choose an image that has the Python of the runtime, with pip and a shell; without \`image:\` the default one of the runtime is used"
      `);
    });

    test('a Python without pip', async () => {
      const manifest = `
functions:
  hello:
    runtime: python3.11
    image: ${images.lambda}
    requirements: [six]
`;
      const told = await toldOf({ 'pkgr.yml': manifest });
      expect(told.replaceAll(images.lambda, 'IMAGE')).toMatchInlineSnapshot(
        `"pkgr.yml:5:12: error: hello: /usr/bin/python3 (Python 3.11) has no pip: choose an image that has it, or install it there [wrong-python]"`,
      );
    });

    test('a file of lambda_lib where the code has a folder', async () => {
      const manifest = `
functions:
  hello:
    runtime: python3.11
    image: ${images.collides}
    include: [{from: requests.py, to: requests.py/deep.py}]
`;
      const told = await toldOf({ 'pkgr.yml': manifest, 'requests.py': '' });
      expect(told.replaceAll(images.collides, 'IMAGE')).toMatchInlineSnapshot(
        `"pkgr.yml:3:3: error: hello: requests.py is a file in the libraries and a folder in the code: rename one, or exclude it [step-failed]"`,
      );
    });

    test('a runtime image that cannot be had', async () => {
      const manifest = `
layers:
  db:
    runtime: python3.11
    requirements: [six]
    libs: auto
    runtimeImage: registry.invalid/runtime:1
`;
      const told = await toldOf({ 'pkgr.yml': manifest });
      expect(told.split('\n')[0]).toMatchInlineSnapshot(
        `"pkgr.yml:7:19: error: The image registry.invalid/runtime:1 of db could not be pulled [image-unavailable]"`,
      );
    });
  },
);

/** An image made of a few lines, under a name of the tests' own. */
async function imageOf(name: string, dockerfile: string): Promise<string> {
  const tag = `pkgr.local/test-${name}:latest`;
  const builder = await engineBuilder();
  const build = ['buildx', 'build', '--builder', builder, '--tag', tag, '--load', '-'];
  await execa(docker, build, { input: dockerfile });
  return tag;
}
