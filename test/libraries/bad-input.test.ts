import { execa } from 'execa';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { formatDiagnostics, PkgrError } from '../../src/diagnostics/index.js';
import { docker, hasEngine } from '../engine/local-engine.js';
import { buildContexts, engineBuilder, runtimeImage } from '../examples/stand-ins.js';
import { readZip, textOf } from '../examples/zip.js';
import { projectWith, toldOf } from './project.js';

const MINUTE = 60_000;

/** Each wrong in one way, in the middle of what is right. */
describe.runIf(hasEngine)(
  'what only the image can tell to be wrong',
  { timeout: 2 * MINUTE },
  () => {
    const images = { debian: '', noPython: '', lambda: '', collides: '', noShell: '', lies: '' };
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
      images.lies = await imageOf('build-python3.12', `FROM ${debian}\n`);
      // Of the same names as a file of the package six, a file and a folder of the code.
      const made = 'mkdir -p /var/task/lambda_lib && cd /var/task/lambda_lib';
      images.collides = await imageOf(
        'collides',
        `FROM ${debian}\nRUN ${made} && touch requests.py six.py mark.so\n`,
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
      expect(await toldOf({ 'pkgr.yml': manifest, 'requests.py': '' })).toMatchInlineSnapshot(
        `"pkgr.yml:3:3: error: hello: requests.py is a file in what the image carries (lambda_lib, lambda_bin, libs, bins) and a folder in the code: rename one, or exclude it [step-failed]"`,
      );
    });

    test('a file of lambda_lib that a package or the code has too is told of, with the winner', async () => {
      const manifest = `
functions:
  hello:
    image: ${images.collides}
    requirements: ./requirements.txt
    include: [./mark.so]
`;
      const project = await projectWith({
        'manifest.yml': manifest,
        'requirements.txt': 'six==1.17.0\n',
        'mark.so': 'mine',
      });
      onTestFinished(() => project.remove());
      const { findings } = await project.build();
      expect(formatDiagnostics(findings)).toMatchInlineSnapshot(`
        "manifest.yml:3:3: warning: function "hello" has mark.so of the code in place of /var/task/lambda_lib/mark.so of the image [replaced-file]
          hint: rename one of the two: in lambda_lib or lambda_bin of the image, in libs or bins, or in the project
        manifest.yml:3:3: warning: function "hello" has /var/task/lambda_lib/six.py of the image in place of six.py of the packages [replaced-file]
          hint: rename one of the two: in lambda_lib or lambda_bin of the image, in libs or bins, or in the project"
      `);
      const entries = await readZip(project.zip('hello'));
      expect(textOf(entries, 'six.py')).toBe('');
      expect(textOf(entries, 'mark.so')).toBe('mine');
    });

    test('an image that is not what its name says, or has no Python, in a manifest of juniper', async () => {
      const manifest = `
global:
  image: ${images.lies}
functions:
  hello:
    include: [./app.py]
    requirements: ./requirements.txt
layers:
  base:
    image: ${images.noPython}
    requirements: ./requirements.txt
`;
      const told = await toldOf({
        'manifest.yml': manifest,
        'requirements.txt': 'six==1.17.0\n',
        'app.py': '',
      });
      expect(told.replaceAll(images.noPython, 'IMAGE')).toMatchInlineSnapshot(`
        "manifest.yml:3:10: error: hello: the runtime is python3.12 but /usr/bin/python3 is Python 3.11: choose an image that has python3.12 [wrong-python]
          hint: change runtime or image so that they agree
        manifest.yml:10:12: error: The image IMAGE of base has no python3 [wrong-python]
          hint: choose an image that has the Python of the runtime, with pip and a shell; without \`image:\` the default one of the runtime is used"
      `);
    });

    test('what pip lacks to compile, at the line that asks for it, with the line to be added', async () => {
      const manifest = `
layers:
  db:
    runtime: python3.11
    requirements: [psycopg2==2.9.9]
`;
      const lines = (await toldOf({ 'pkgr.yml': manifest })).split('\n');
      expect(lines[0]).toMatchInlineSnapshot(
        `"pkgr.yml:5:20: error: The step "install deps-1" of db ended with exit code 1 (stage deps-1) [step-failed]"`,
      );
      expect(lines[1]).toMatchInlineSnapshot(`"  |       Error: pg_config executable not found."`);
      expect(lines).toHaveLength(1 + 20 + 1);
      expect(lines.at(-1)).toMatchInlineSnapshot(
        `"  hint: What is missing is PostgreSQL's pg_config and headers: write packages: {apt-get: [libpq-dev], dnf: [libpq-devel], yum: [postgresql-devel], apk: [postgresql-dev]} with libs: auto for what it loads when it runs, or require a version that has a wheel."`,
      );
    });

    test('a layer without requirements is none when it carries nothing else', async () => {
      const project = await projectWith({ 'manifest.yml': 'layers:\n  empty: {image: team/x}\n' });
      onTestFinished(() => project.remove());
      const error = await project.build().catch((refused: unknown) => refused);
      expect(error).toBeInstanceOf(PkgrError);
      expect(
        formatDiagnostics(error instanceof PkgrError ? error.diagnostics : []),
      ).toMatchInlineSnapshot(`
        "manifest.yml:2:3: error: layer "empty" has nothing to pack [missing-key]
          hint: give it requirements, include, libs or bins, for example include: layers/shared/"
      `);
    });

    test('a layer without requirements is built when it has libraries, programs or code', async () => {
      const manifest = `
global: {image: ${images.collides}}
layers:
  libs: {libs: [/usr/lib/x86_64-linux-gnu/libc.so.6]}
  bins: {bins: [/bin/true]}
  code: {include: [./app.py]}
`;
      const project = await projectWith({ 'manifest.yml': manifest, 'app.py': '' });
      onTestFinished(() => project.remove());
      expect((await project.build()).units.map(({ kind }) => kind)).toEqual(Array(3).fill('built'));
      const names = async (unit: string) =>
        (await readZip(project.zip(unit)))
          .map(({ path }) => path)
          .filter((path) => !path.includes('__pycache__/'));
      const carried = ['lib/mark.so', 'lib/requests.py', 'lib/six.py'];
      expect(await names('libs')).toEqual(['lib/libc.so.6', ...carried]);
      expect(await names('bins')).toEqual(['bin/true', ...carried]);
      expect(await names('code')).toEqual([...carried, 'python/app.py']);
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
