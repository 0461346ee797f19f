import { accessSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { readZip, textOf } from '../examples/zip.js';
import { contexts, engineEnvironment, needsEngine } from './engine-environment.js';
import { formsOf, wordsIn, wordsInFile, wordsInStream } from './leaks.js';
import { type PrivateIndex, servePrivateIndex } from './private-index.js';
import { fresh, hashOf, newFolder, newProject, writeFiles, zipHashes } from './project.js';
import { build, type Environment, pkgr, type Run, run } from './run.js';

const MINUTES = 180_000;

/** What no secret may be found by. */
const tokens = { pipconf: fresh(), netrc: fresh(), trust: fresh() };
// New names: a step of an earlier run would have fetched the others before.
const team = {
  name: 'team',
  password: `p@s/${tokens.pipconf}:+%`,
  packages: { [`conf${fresh()}`]: '' },
};
const robot = {
  name: 'robot',
  password: `n$%${tokens.netrc}!`,
  packages: { [`netrc${fresh()}`]: '' },
};
const [packageOfTeam, packageOfRobot] = [team, robot].map(
  ({ packages }) => Object.keys(packages)[0],
);
const all = [
  ...formsOf(team.name, team.password, tokens.pipconf),
  ...formsOf(robot.name, robot.password, tokens.netrc),
  tokens.trust,
];

/** The secrets of a machine, with these passwords. */
function secrets(index: PrivateIndex, ofTeam: string, ofRobot: string, trust: string) {
  const conf = (url: string) =>
    `[global]\nindex-url = ${url}\ntrusted-host = ${index.host}\ndisable-pip-version-check = true\n`;
  const user = `${team.name}:${encodeURIComponent(ofTeam)}@`;
  return {
    'conf/pip.conf': conf(index.url(team).replace('http://', `http://${user}`)),
    'plain.conf': conf(index.url(robot)),
    'my.netrc': `machine ${index.host} login ${robot.name} password ${ofRobot}\n`,
    'ca.pem': `# ${trust}\n`,
  };
}

const manifest = (functions: string) => `global: {runtime: python3.11, include: app.py}
functions:
${functions}`;

const files = {
  'pkgr.yml':
    manifest(`  f: {pipconf: conf/pip.conf, include: conf, requirements: [./lib, ${packageOfTeam}]}
  g: {pipconf: plain.conf, requirements: [${packageOfRobot}]}
`),
  // Its password is one character too long.
  'failing.yml': manifest(`  refused: {pipconf: wrong.conf, requirements: [${packageOfTeam}]}
`),
  'app.py': '',
  // Beside the secret, which is left out wherever it is included.
  'conf/settings.ini': '',
  // Its wheel tells what the install step was given, so that the test is sure of it.
  'lib/pyproject.toml':
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
  'lib/backend.py': `# ${fresh()}: an install of an earlier run was given earlier secrets.
import glob, hashlib, os, zipfile
def build_wheel(directory, *settings):
    found = [*glob.glob("/run/secrets/*"), "/root/.netrc"]
    digests = [path + " " + hashlib.sha256(open(path, "rb").read()).hexdigest() for path in found]
    with zipfile.ZipFile(os.path.join(directory, "given-1.0-py3-none-any.whl"), "w") as wheel:
        wheel.writestr("given.txt", "\\n".join(sorted(digests)))
        wheel.writestr("certain.txt", "/run/secrets/pip-conf ")
        wheel.writestr("given-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: given\\nVersion: 1.0\\n")
        wheel.writestr("given-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("given-1.0.dist-info/RECORD", "")
    return "given-1.0-py3-none-any.whl"
`,
};

/**
 * A word of the stage that was given the secrets: a search that does not find it searches nothing. It
 * is too short to be deflated; what the stage has deflated is what the zips are read for.
 */
const certain = '/run/secrets/pip-conf ';

/** The engine's own files; only on this machine, and only for who may read them. */
const dataRoot = hasEngine
  ? (await run('docker', ['info', '--format', '{{.DockerRootDir}}'])).stdout.trim()
  : '';
const mayReadDataRoot = dataRoot !== '' && mayRead(join(dataRoot, 'overlay2'));

describe.runIf(hasEngine)(`secrets${needsEngine}`, () => {
  const arguments_ = ['build', '--netrc', 'my.netrc', '--debug'];
  const image = `pkgr.local/test-${fresh()}`;
  const secretOptions = Object.entries({
    ca: 'ca.pem',
    netrc: 'my.netrc',
    'pip-conf': 'conf/pip.conf',
  }).flatMap(([id, file]) => ['--secret', `id=${id},src=${file}`]);
  const buildStage = [
    ...['buildx', 'build', '-f', '.pkgr/Dockerfile', ...secretOptions],
    ...contexts.flatMap((context) => ['--build-context', context]),
  ];
  let index: PrivateIndex;
  let project: string;
  let before: string;
  let env: Environment;
  let built: Run;
  let failed: Run;

  beforeAll(async () => {
    before = join(newProject({ marker: '' }), 'marker');
    index = await servePrivateIndex([team, robot]);
    project = newProject({
      ...files,
      ...secrets(index, team.password, robot.password, tokens.trust),
      'wrong.conf': secrets(index, `${team.password}x`, '', '')['conf/pip.conf'],
    });
    // Its folders are where --debug keeps the Dockerfile that was built.
    env = { PIP_CERT: join(project, 'ca.pem'), TMPDIR: newFolder() };
    built = await pkgr(project, arguments_, { env });
    failed = await pkgr(project, [...arguments_, '-m', 'failing.yml'], { env });
    await pkgr(project, ['gen'], { env });
  }, MINUTES);

  afterAll(async () => {
    await index?.close();
    if (hasEngine) await run('docker', ['image', 'rm', '--force', image]);
  });

  test('reach the install step', async () => {
    expect(built).toMatchObject({ code: 0 });
    const given = textOf(await readZip(join(project, 'dist/f.zip')), 'given.txt');
    const files = { '/root/.netrc': 'my.netrc', '/run/secrets/ca': 'ca.pem' };
    const expected = Object.entries({ ...files, '/run/secrets/pip-conf': 'conf/pip.conf' });
    expect(given.split('\n')).toEqual(
      expected.map(([place, file]) => `${place} ${hashOf(join(project, file))}`),
    );
  });

  test('open an index that asks for a password, by pip.conf and by netrc', async () => {
    expect([...index.fetched].sort()).toEqual([
      `robot: ${packageOfRobot}-1.0-py3-none-any.whl`,
      `team: ${packageOfTeam}-1.0-py3-none-any.whl`,
    ]);
    const names = async (unit: string) =>
      (await readZip(join(project, `dist/${unit}.zip`))).map(({ path }) => path);
    expect(await names('f')).toContain(`${packageOfTeam}.py`);
    expect((await names('f')).filter((name) => name.startsWith('conf/'))).toEqual([
      'conf/settings.ini',
    ]);
    expect(await names('g')).toContain(`${packageOfRobot}.py`);
  });

  test('are what a person is told to look at when pip, given wrong ones, says nothing of them', () => {
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.stderr).toMatch(
      /^failing\.yml:3:\d+: error: .* of refused ended with exit code 1 .*\n(?: {2}\| .*\n)+ {2}hint: .*its address and its password/m,
    );
  });

  test('are in nothing that pkgr writes or says', async () => {
    const written = [project, env.TMPDIR ?? ''].flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => folder !== project || /\/(dist|\.pkgr)\//.test(path)),
    );
    for (const path of ['.pkgr/Dockerfile', '.pkgr/f.Dockerfile', 'dist/artifacts.json'])
      expect(written).toContain(join(project, path));
    const [, kept] = /by the Dockerfile (\S+)$/m.exec(built.stderr) ?? [];
    expect(written).toContain(kept);
    for (const path of written) {
      expect([path, wordsIn(readFileSync(path), all)]).toEqual([path, []]);
      if (!path.endsWith('.zip')) continue;
      for (const entry of await readZip(path)) {
        expect([entry.path, wordsIn(entry.content, all)]).toEqual([entry.path, []]);
      }
    }
    // Every line of every step, and pip names the index, without the password.
    expect(built.stderr).toContain(`Looking in indexes: http://team:****@${index.host}:`);
    for (const { stdout, stderr } of [built, failed])
      expect(wordsIn(Buffer.from(stdout + stderr), all)).toEqual([]);
  });

  test('are in no file of the stage that was given them', { timeout: MINUTES }, async () => {
    const output = ['--target', 'deps-1', '--output', 'type=tar,dest=-', '.'];
    expect(await search([...buildStage, ...output], project)).toEqual([certain]);
  });

  test('are in no image, history, exported cache or cache record', {
    timeout: MINUTES,
  }, async () => {
    const load = ['--target', 'deps-1', '--load', '--cache-to', 'type=inline', '--tag', image];
    await run('docker', [...buildStage, ...load, '.'], project);
    const told = await Promise.all([
      run('docker', ['image', 'history', '--no-trunc', image]),
      run('docker', ['image', 'inspect', image]),
      run('docker', ['buildx', 'du', '--verbose']),
    ]);
    expect(told[0].stdout).toContain('/programs/install.py');
    expect(told[2].stdout).toContain('/programs/install.py');
    for (const { stdout } of told) expect(wordsIn(Buffer.from(stdout), all)).toEqual([]);
    // The engine's own builder exports its cache into an image, and nowhere else.
    const cache = 'moby.buildkit.cache.v0';
    expect(await search(['image', 'save', image], project, cache)).toEqual([certain, cache]);
  });

  test.runIf(mayReadDataRoot)(
    "are in no file of the engine's that has been written since",
    { timeout: MINUTES },
    async () => {
      const newer = ['-xdev', '-type', 'f', '-cnewer', before, '-print0'];
      // Files that go while it runs make it fail; what it has found counts.
      const { stdout } = await execa('find', [dataRoot, ...newer], { reject: false });
      const paths = stdout.split('\0').filter((path) => path !== '');
      const found: (readonly [path: string, words: readonly string[]])[] = [];
      for (const path of paths) found.push([path, await wordsInFile(path, [certain, ...all])]);
      const hits = found.filter(([, words]) => words.length > 0);
      expect(hits).not.toEqual([]);
      expect(hits.filter(([, words]) => words.some((word) => word !== certain))).toEqual([]);
    },
  );

  test('are no part of the key: other ones do not make anything anew', {
    timeout: MINUTES,
  }, async () => {
    const hashes = zipHashes(project);
    writeFiles(project, secrets(index, fresh(), fresh(), fresh()));
    const { stderr } = await pkgr(project, arguments_, { env });
    expect(stderr).toMatch(/^unchanged {2}f /m);
    // Not given at all, they change nothing either.
    expect(await build(project, [], { env: { PIP_CERT: undefined } })).toEqual({
      f: 'unchanged',
      g: 'unchanged',
    });
    expect(zipHashes(project)).toEqual(hashes);
  });
});

function mayRead(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Which of the secrets, and of the words that are certain to be there, a docker command writes to its stdout. */
async function search(arguments_: readonly string[], cwd: string, ...others: readonly string[]) {
  const process = execa('docker', arguments_, {
    cwd,
    env: engineEnvironment,
    stdin: 'ignore',
    buffer: { stdout: false },
  });
  const found = await wordsInStream(process.stdout, [certain, ...others, ...all]);
  await process;
  return found;
}
