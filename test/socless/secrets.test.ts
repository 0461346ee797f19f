import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contexts, engineEnvironment, needsEngine } from '../build/engine-environment.js';
import { formsOf, wordsIn, wordsInStream } from '../build/leaks.js';
import { fresh, newFolder, newProject, writeFiles } from '../build/project.js';
import { type Run, run } from '../build/run.js';
import { hasEngine } from '../engine/local-engine.js';
import { readZip, textOf } from '../examples/zip.js';
import { localProject } from '../host/python-packages.js';
import { build, newService, serviceText } from './service.js';
import { type Agent, startAgent } from './ssh-agent.js';

const MINUTES = 180_000;

/** One value is the environment's, the other the service's own; neither may be found anywhere. */
const values = { TOKEN: `t0:${fresh()}+/`, MARK: `m1=${fresh()}` };
const words = Object.values(values).flatMap((value) => formsOf('user', value, value.slice(3, 19)));
const comment = `key-${fresh()}`;

/** A project whose wheel tells what the install step was given; a new one each time. */
const lib = {
  ...localProject('lib', 'given'),
  'lib/backend.py': `# ${fresh()}
import hashlib, os, socket, struct, zipfile

def digest(name):
    return name + " " + hashlib.sha256(os.environ[name].encode()).hexdigest()

def identities():
    agent = socket.socket(socket.AF_UNIX)
    agent.connect(os.environ["SSH_AUTH_SOCK"])
    agent.sendall(struct.pack(">IB", 1, 11))
    length, = struct.unpack(">I", agent.recv(4, socket.MSG_WAITALL))
    return agent.recv(length, socket.MSG_WAITALL)

def build_wheel(directory, *settings):
    told = [digest("MARK"), digest("TOKEN"), identities()[-20:].decode()]
    with zipfile.ZipFile(os.path.join(directory, "given-1.0-py3-none-any.whl"), "w") as wheel:
        wheel.writestr("given.txt", "\\n".join(told))
        # Too short to be deflated where it is packed.
        wheel.writestr("certain.txt", digest("TOKEN").split()[1][:16])
        wheel.writestr("given-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: given\\nVersion: 1.0\\n")
        wheel.writestr("given-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("given-1.0.dist-info/RECORD", "")
    return "given-1.0-py3-none-any.whl"
`,
  ...localProject('loud', 'loud'),
  'loud/backend.py': `# ${fresh()}
import os
def build_wheel(directory, *settings):
    raise SystemExit("the token is " + os.environ["TOKEN"] + ", the mark " + os.environ["MARK"])
`,
};

const code = 'def handler(event, context): pass\n';
const functions = {
  quiet: {
    name: 'quiet',
    handler: 'lambda.handler',
    package: { include: ['functions/quiet'] },
  },
  loud: { name: 'loud', handler: 'lambda.handler', package: { include: ['functions/loud'] } },
};

describe.runIf(hasEngine)(`mountSSH and dockerEnvs${needsEngine}`, () => {
  const image = `pkgr.local/test-${fresh()}`;
  const temporary = newFolder();
  let agent: Agent;
  let env: Readonly<Record<string, string>>;
  let folder = '';
  let built: Run;

  beforeAll(async () => {
    agent = await startAgent(comment);
    env = { SSH_AUTH_SOCK: agent.socket, TOKEN: values.TOKEN, TMPDIR: temporary };
    const options = {
      mountSSH: true,
      dockerEnvs: ['TOKEN', `MARK=${values.MARK}`],
      abortOnPackagingErrors: false,
    };
    folder = newService(serviceText(options, functions), {
      'functions/quiet/lambda.py': code,
      'functions/quiet/requirements.txt': '--no-index\n./lib\n',
      'functions/loud/lambda.py': code,
      'functions/loud/requirements.txt': '--no-index\n./loud\n',
      ...lib,
    });
    built = await build(folder, ['--debug'], { env });
    await run('node', [join(import.meta.dirname, '../../dist/cli/main.js'), 'gen'], folder);
  }, MINUTES);

  afterAll(async () => {
    await agent?.close();
    if (hasEngine) await run('docker', ['image', 'rm', '--force', image]);
  });

  test('give the install step the agent and the variables', async () => {
    expect(built.code, built.stderr).toBe(0);
    const given = textOf(await readZip(join(folder, '_build/quiet.zip')), 'given.txt');
    const digests = Object.entries(values).map(
      ([name, value]) => `${name} ${createHash('sha256').update(value).digest('hex')}`,
    );
    expect(given.split('\n')).toEqual([...digests.sort(), comment]);
  });

  test('are an ssh mount and secrets in the Dockerfile, no arguments and no environment', () => {
    const text = readFileSync(join(folder, '.pkgr/quiet.Dockerfile'), 'utf8');
    for (const mount of ['type=ssh', 'type=secret,id=env-TOKEN', 'type=secret,id=env-MARK'])
      expect(text).toContain(`--mount=${mount}`);
    expect(text).not.toMatch(/^(ARG|ENV) /m);
  });

  test('have values that are in nothing that pkgr writes or says, even of a step that prints them', async () => {
    expect(built.stderr).toContain('the token is ****, the mark ****');
    expect(wordsIn(Buffer.from(built.stdout + built.stderr), words)).toEqual([]);
    const written = [join(folder, '_build'), join(folder, '.pkgr'), temporary].flatMap((place) =>
      readdirSync(place, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    );
    for (const path of ['_build/quiet.zip', '_build/artifacts.json', '.pkgr/Dockerfile'])
      expect(written).toContain(join(folder, path));
    // --debug keeps the Dockerfile that was built.
    expect(written.some((path) => path.startsWith(temporary))).toBe(true);
    for (const path of written) {
      expect([path, wordsIn(readFileSync(path), words)]).toEqual([path, []]);
      if (!path.endsWith('.zip')) continue;
      for (const entry of await readZip(path))
        expect([entry.path, wordsIn(entry.content, words)]).toEqual([entry.path, []]);
    }
  });

  test('have values that are in no layer, history, cache record or file of the stage that had them', {
    timeout: MINUTES,
  }, async () => {
    const given = newProject(values);
    const secrets = Object.keys(values).flatMap((name) => [
      '--secret',
      `id=env-${name},src=${join(given, name)}`,
    ]);
    const stage = [
      ...['buildx', 'build', '--file', '.pkgr/quiet.Dockerfile', '--target', 'deps-1'],
      ...secrets,
      ...['--ssh', `default=${agent.socket}`],
      ...contexts.flatMap((context) => ['--build-context', context]),
    ];
    // It is there already: nothing is built, so that what is looked at is what pkgr's build has left.
    const loaded = await run('docker', [...stage, '--load', '--tag', image, '.'], folder);
    expect(loaded.stderr).toMatch(/CACHED/);
    const told = await Promise.all([
      run('docker', ['image', 'history', '--no-trunc', image]),
      run('docker', ['image', 'inspect', image]),
      run('docker', ['buildx', 'du', '--verbose']),
    ]);
    expect(told[0].stdout).toContain('--secret-variable=TOKEN');
    for (const { stdout } of told) expect(wordsIn(Buffer.from(stdout), words)).toEqual([]);
    const saved = execa('docker', ['image', 'save', image], {
      env: engineEnvironment,
      buffer: { stdout: false },
    });
    const certain = createHash('sha256').update(values.TOKEN).digest('hex').slice(0, 16);
    // What is certain to be there shows that the search finds something; what was deflated is in the zip, too.
    expect(await wordsInStream(saved.stdout, [certain, ...words])).toEqual([certain]);
    await saved;
  });

  test('are no part of the key: another value makes nothing anew', {
    timeout: MINUTES,
  }, async () => {
    const { quiet } = functions;
    const options = { mountSSH: true, dockerEnvs: { TOKEN: fresh(), MARK: 1 } };
    writeFiles(folder, { 'serverless.yml': serviceText(options, { quiet }) });
    const { code: end, stderr } = await build(folder, [], { env });
    expect(end, stderr).toBe(0);
    expect(stderr).toMatch(/^unchanged {2}quiet /m);
  });

  test('have a warning where a variable has no value, and an error where there is no agent', async () => {
    const { quiet } = functions;
    const options = { mountSSH: true, dockerEnvs: ['TOKEN', 'NEVER_SET'] };
    writeFiles(folder, { 'serverless.yml': serviceText(options, { quiet }) });
    const { code: end, stderr } = await build(folder, [], { env: { SSH_AUTH_SOCK: undefined } });
    expect(stderr).toMatch(
      /serverless\.yml:1:\d+: warning: the environment has no variable NEVER_SET, .* \[missing-variable\]/,
    );
    expect(stderr).toContain('no SSH agent runs');
    expect(end).toBe(2);
  });
});
