import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { readZip, textOf } from '../examples/zip.js';
import { contexts, engineEnvironment, needsEngine } from './engine-environment.js';
import { fresh, hashOf, newProject, writeFiles, zipHashes } from './project.js';
import { build, type Environment, pkgr, type Run, run } from './run.js';

const MINUTES = 180_000;

/** What no secret may be found by. */
const tokens = { pipconf: fresh(), netrc: fresh(), trust: fresh() };
const secrets = ({ pipconf, netrc, trust } = tokens) => ({
  'pip.conf': `# ${pipconf}\n[global]\nno-index = true\n`,
  'my.netrc': `machine example.invalid login me password ${netrc}\n`,
  'ca.pem': `# ${trust}\n`,
});

describe.runIf(hasEngine)(`secrets${needsEngine}`, () => {
  const files = {
    ...secrets(),
    'pkgr.yml': `functions:
  f:
    runtime: python3.11
    include: app.py
    pipconf: pip.conf
    requirements: ./lib
`,
    'app.py': '',
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
        wheel.writestr("given-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: given\\nVersion: 1.0\\n")
        wheel.writestr("given-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("given-1.0.dist-info/RECORD", "")
    return "given-1.0-py3-none-any.whl"
`,
  };
  const arguments_ = ['build', '--netrc', 'my.netrc'];
  const image = `pkgr.local/test-${fresh()}`;
  const secretOptions = Object.entries({
    ca: 'ca.pem',
    netrc: 'my.netrc',
    'pip-conf': 'pip.conf',
  }).flatMap(([id, file]) => ['--secret', `id=${id},src=${file}`]);
  const buildStage = [
    ...['buildx', 'build', '-f', '.pkgr/Dockerfile', ...secretOptions],
    ...contexts.flatMap((context) => ['--build-context', context]),
  ];
  let project: string;
  let env: Environment;
  let built: Run;

  beforeAll(async () => {
    project = newProject(files);
    env = { PIP_CERT: join(project, 'ca.pem') };
    built = await pkgr(project, arguments_, { env });
    await pkgr(project, ['gen'], { env });
  }, MINUTES);

  afterAll(async () => {
    if (hasEngine) await run('docker', ['image', 'rm', '--force', image]);
  });

  test('reach the install step', async () => {
    expect(built).toMatchObject({ code: 0 });
    const given = textOf(await readZip(join(project, 'dist/f.zip')), 'given.txt');
    const files = { '/root/.netrc': 'my.netrc', '/run/secrets/ca': 'ca.pem' };
    const expected = Object.entries({ ...files, '/run/secrets/pip-conf': 'pip.conf' });
    expect(given.split('\n')).toEqual(
      expected.map(([place, file]) => `${place} ${hashOf(join(project, file))}`),
    );
  });

  test('are in nothing that pkgr writes or says', async () => {
    const written = readdirSync(project, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => /\/(dist|\.pkgr)\//.test(path));
    expect(written).toContain(join(project, '.pkgr/Dockerfile'));
    expect(written).toContain(join(project, 'dist/artifacts.json'));
    for (const path of written) expect([path, tokensIn(readFileSync(path))]).toEqual([path, []]);
    for (const { path, content } of await readZip(join(project, 'dist/f.zip'))) {
      expect([path, tokensIn(content)]).toEqual([path, []]);
    }
    expect(tokensIn(Buffer.from(built.stdout + built.stderr))).toEqual([]);
  });

  test(
    'are in no file of the stage that was given them',
    async () => {
      const certain = '/run/secrets/pip-conf ';
      const output = ['--target', 'deps-1', '--output', 'type=tar,dest=-', '.'];
      expect(await search([...buildStage, ...output], project, [certain, ...all])).toEqual([
        certain,
      ]);
    },
    MINUTES,
  );

  test(
    'are in no history, configuration or cache record',
    async () => {
      await run(
        'docker',
        [...buildStage, '--target', 'deps-1', '--load', '--tag', image, '.'],
        project,
      );
      const told = await Promise.all([
        run('docker', ['image', 'history', '--no-trunc', image]),
        run('docker', ['image', 'inspect', image]),
        run('docker', ['buildx', 'du', '--verbose']),
      ]);
      expect(told[0].stdout).toContain('/programs/install.py');
      expect(told[2].stdout).toContain('/programs/install.py');
      for (const { stdout } of told) expect(tokensIn(Buffer.from(stdout))).toEqual([]);
    },
    MINUTES,
  );

  test(
    'are no part of the key: other ones do not make anything anew',
    async () => {
      const before = zipHashes(project);
      writeFiles(project, secrets({ pipconf: fresh(), netrc: fresh(), trust: fresh() }));
      const { stderr } = await pkgr(project, arguments_, { env });
      expect(stderr).toMatch(/^unchanged {2}f /);
      // Not given at all, they change nothing either.
      expect(await build(project, [], { env: { PIP_CERT: undefined } })).toEqual({
        f: 'unchanged',
      });
      expect(zipHashes(project)).toEqual(before);
    },
    MINUTES,
  );
});

const all = Object.values(tokens);

function tokensIn(bytes: Buffer): readonly string[] {
  return all.filter((token) => bytes.includes(token));
}

/** Which of the words are in what a docker command writes to its stdout. */
async function search(arguments_: readonly string[], cwd: string, words: readonly string[]) {
  const process = execa('docker', arguments_, {
    cwd,
    env: engineEnvironment,
    stdin: 'ignore',
    buffer: { stdout: false },
  });
  const found = new Set<string>();
  let end = Buffer.alloc(0);
  for await (const chunk of process.stdout) {
    const bytes = Buffer.concat([end, chunk]);
    for (const word of words) if (bytes.includes(word)) found.add(word);
    end = bytes.subarray(-100);
  }
  await process;
  return [...found];
}
