import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { newProject, writeFiles } from '../build/project.js';
import { pkgr } from '../build/run.js';

const manifest = `global: {runtime: python3.12}
functions:
  hello: {include: hello/, handler: app.handler}
layers:
  shared: {include: shared/, requirements: [requests==2.32.3]}
`;
const files = { 'pkgr.yml': manifest, 'hello/app.py': '', 'shared/x.py': '' };
let project: string;

beforeEach(() => {
  project = newProject(files);
});

describe('pkgr', () => {
  test('tells its version and its commands', async () => {
    const { version }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await pkgr(project, ['--version'])).toMatchObject({ code: 0, stdout: version });
    const { code, stdout } = await pkgr(project, ['--help']);
    expect(code).toBe(0);
    for (const command of ['plan', 'gen', 'build', 'explain', 'sbom'])
      expect(stdout).toContain(command);
  });

  test.each([
    [['biuld'], "unknown command 'biuld'"],
    [['build', '--no-cahce'], "unknown option '--no-cahce'"],
    [['build', '--engine', 'podman'], 'podman'],
    [['build', '--build-context', 'image'], 'NAME=VALUE, not "image"'],
  ])('refuses %j with exit code 2', async (arguments_, told) => {
    const { code, stdout, stderr } = await pkgr(project, arguments_);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(told);
  });

  test('tells every problem of a manifest at its place, and exits with 2', async () => {
    writeFiles(project, { 'pkgr.yml': 'functions:\n  hello: {includ: hello/}\n' });
    const { code, stdout, stderr } = await pkgr(project, ['plan']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^pkgr\.yml:2:11: error: .*includ.*\[unknown-key\]\n {2}hint: did you mean include/m,
    );
  });

  test('names the unit that was probably meant', async () => {
    const { code, stderr } = await pkgr(project, ['plan', 'helo']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'error: pkgr.yml declares no unit "helo" [unknown-unit]\n  hint: did you mean hello?',
    );
  });

  test('explains units that are not built yet without an engine', async () => {
    const env = { PKGR_DOCKER: '/nonexistent' };
    const told = await pkgr(project, ['explain', 'hello'], { env });
    expect(told).toMatchObject({
      code: 0,
      stdout:
        'function hello (dist/hello.zip)\n  not built yet: pkgr build will tell why it builds it',
    });
    const json = await pkgr(project, ['explain', '--json'], { env });
    expect(JSON.parse(json.stdout).units).toEqual([
      { kind: 'function', name: 'hello', path: 'dist/hello.zip', last: null, since: null },
      { kind: 'layer', name: 'shared', path: 'dist/shared.zip', last: null, since: null },
    ]);
    expect((await pkgr(project, ['explain', 'helo'])).code).toBe(2);
  });

  test('says what to do where there is no manifest', async () => {
    rmSync(join(project, 'pkgr.yml'));
    const { code, stderr } = await pkgr(project, ['build']);
    expect(code).toBe(2);
    expect(stderr).toContain('[manifest-not-found]');
  });
});

describe('pkgr plan', () => {
  test('prints units, image, dependencies, files and output, and needs no Docker', async () => {
    const { code, stdout } = await pkgr(project, ['plan'], {
      env: { PKGR_DOCKER: '/nonexistent' },
    });
    expect(code).toBe(0);
    expect(stdout).toBe(`function hello
  runtime       python3.12, x86_64
  image         public.ecr.aws/sam/build-python3.12:latest-x86_64
  handler       app.handler
  files         hello/ -> /
  output        dist/hello.zip

layer shared
  runtime       python3.12, x86_64
  image         public.ecr.aws/sam/build-python3.12:latest-x86_64
  dependencies  deps-1 (requests==2.32.3)
  files         shared/ -> /python
  output        dist/shared.zip

2 units, 1 base image, 1 dependency set, zips in dist/`);
  });

  test('prints the whole plan as JSON, or only some units of it', async () => {
    const whole = JSON.parse((await pkgr(project, ['plan', '--json'])).stdout);
    expect(whole).toMatchObject({ version: 1, manifest: 'pkgr.yml', output: 'dist' });
    expect(whole.units.map(({ name }: { name: string }) => name)).toEqual(['hello', 'shared']);
    const one = JSON.parse((await pkgr(project, ['plan', 'hello', '--json'])).stdout);
    expect(one.units.map(({ name }: { name: string }) => name)).toEqual(['hello']);
  });
});

describe('pkgr gen', () => {
  test('writes the combined Dockerfile, one a unit, their ignore files and the programs', async () => {
    const { code, stdout } = await pkgr(project, ['gen']);
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      '.pkgr/Dockerfile',
      '.pkgr/hello.Dockerfile',
      '.pkgr/shared.Dockerfile',
    ]);
    const written = readdirSync(join(project, '.pkgr'));
    expect(written).toEqual(
      expect.arrayContaining([
        'Dockerfile.dockerignore',
        'hello.Dockerfile.dockerignore',
        'programs',
      ]),
    );
  });

  test('gives every file the mode 0644, whatever the umask', async () => {
    await pkgr(project, ['gen'], { umask: '077' });
    const modes = readdirSync(join(project, '.pkgr/programs')).map(
      (name) => statSync(join(project, '.pkgr/programs', name)).mode & 0o777,
    );
    expect(new Set(modes)).toEqual(new Set([0o644]));
  });

  test('--check exits with 1 when a file is missing, edited or no longer needed, and writes nothing', async () => {
    const missing = await pkgr(project, ['gen', '--check']);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('.pkgr/Dockerfile is not what pkgr gen would write');
    expect(readdirSync(project)).not.toContain('.pkgr');
    await pkgr(project, ['gen']);
    expect((await pkgr(project, ['gen', '--check'])).code).toBe(0);
    writeFileSync(join(project, '.pkgr/hello.Dockerfile'), 'FROM scratch\n');
    expect((await pkgr(project, ['gen', '--check'])).code).toBe(1);
    expect(readFileSync(join(project, '.pkgr/hello.Dockerfile'), 'utf8')).toBe('FROM scratch\n');
    await pkgr(project, ['gen']);
    writeFiles(project, { 'pkgr.yml': manifest.replace('shared:', 'renamed:') });
    const gone = await pkgr(project, ['gen', '--check']);
    expect(gone.stderr).toContain('.pkgr/shared.Dockerfile is not what');
  });

  test('touches no file that is right, and removes those of units that are gone, not others', async () => {
    await pkgr(project, ['gen']);
    writeFiles(project, { '.pkgr/mine.Dockerfile': 'FROM scratch\n' });
    const before = statSync(join(project, '.pkgr/hello.Dockerfile')).mtimeMs;
    expect((await pkgr(project, ['gen'])).stderr).toContain('nothing changed');
    expect(statSync(join(project, '.pkgr/hello.Dockerfile')).mtimeMs).toBe(before);
    writeFiles(project, { 'pkgr.yml': manifest.replace('shared:', 'renamed:') });
    await pkgr(project, ['gen']);
    const names = readdirSync(join(project, '.pkgr')).filter((name) => name.endsWith('Dockerfile'));
    expect(names.sort()).toEqual([
      'Dockerfile',
      'hello.Dockerfile',
      'mine.Dockerfile',
      'renamed.Dockerfile',
    ]);
  });

  test('is the same on every machine; only the command it prints has the trust root', async () => {
    const ca = join(project, 'ca.pem');
    writeFileSync(ca, '');
    const none = {
      PIP_CERT: '',
      SSL_CERT_FILE: '',
      REQUESTS_CA_BUNDLE: '',
      NODE_EXTRA_CA_CERTS: '',
    };
    const plain = await pkgr(project, ['gen'], { env: none });
    expect(plain.stderr).toMatch(
      /^ {2}docker buildx build -f \.pkgr\/Dockerfile --output dist \.$/m,
    );
    const trusting = await pkgr(project, ['gen', '--check'], {
      env: { ...none, SSL_CERT_FILE: ca },
    });
    expect(trusting.code).toBe(0);
    expect(trusting.stderr).toContain(`--secret id=ca,src=${ca} `);
  });

  test('refuses a folder that the engine would not see', async () => {
    const { code, stderr } = await pkgr(project, ['gen', '--output', '../elsewhere']);
    expect(code).toBe(2);
    expect(stderr).toContain('[outside-project]');
  });
});
