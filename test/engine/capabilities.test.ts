import { describe, expect, test } from 'vitest';
import { PkgrError } from '../../src/diagnostics/index.js';
import { engineShortcoming, probeEngine } from '../../src/engine/capabilities.js';
import { isAtLeast } from '../../src/engine/version.js';
import { hasEngine, setEnvironment, useCommand, useScript } from './local-engine.js';

/** A docker command that answers as one of these versions would. */
function useVersions(version: string, buildx: string | undefined, code = 0): void {
  const plugins = [
    { Name: 'buildx', Err: 'broken', Version: '' },
    ...(buildx === undefined ? [] : [{ Name: 'buildx', Version: buildx }]),
  ];
  const answer = { version, os: 'linux', architecture: 'x86_64', plugins };
  useScript(`echo '${JSON.stringify(answer)}'; exit ${code}`);
}

async function problem(): Promise<PkgrError> {
  const error = await probeEngine().then(
    () => undefined,
    (reason) => reason,
  );
  if (error instanceof PkgrError) return error;
  throw new Error(`not a PkgrError: ${error}`);
}

describe('probing the engine', () => {
  test.runIf(hasEngine)('tells its versions and what it runs on', async () => {
    expect(await probeEngine()).toEqual({
      kind: 'engine',
      version: expect.stringMatching(/^\d+\.\d+/),
      buildx: expect.stringMatching(/^v?\d+\.\d+/),
      os: 'linux',
      architecture: expect.stringMatching(/^(x86_64|aarch64)$/),
    });
    expect(await engineShortcoming()).toBeUndefined();
  });

  test.runIf(hasEngine)('says that an engine which does not answer is unreachable', async () => {
    setEnvironment('DOCKER_HOST', 'unix:///nonexistent/docker.sock');
    const { diagnostics, exitCode } = await problem();
    expect(exitCode).toBe(75);
    expect(diagnostics).toMatchObject([
      { code: 'engine-unreachable', message: 'The Docker engine does not answer' },
    ]);
    expect(diagnostics[0]?.hint).toMatch(/Start it .*--engine host/);
  });

  test('says that there is no docker command', async () => {
    useCommand('/nonexistent/docker');
    const { diagnostics, exitCode } = await problem();
    expect(exitCode).toBe(75);
    expect(diagnostics).toMatchObject([
      { code: 'engine-unreachable', message: 'There is no docker command on this machine' },
    ]);
  });

  test('says that buildx is missing, also when its plugin is broken', async () => {
    useVersions('26.1.5', undefined);
    const { diagnostics, exitCode } = await problem();
    expect(exitCode).toBe(2);
    expect(diagnostics).toMatchObject([{ code: 'buildx-missing', hint: expect.any(String) }]);
  });

  test.each([
    ['20.10.24', '0.13.1', 'Docker engine 20.10.24 is too old: 23.0 or later is needed'],
    ['23.0.1', 'v0.10.2', 'buildx v0.10.2 is too old: 0.13 or later is needed'],
  ])('refuses engine %s with buildx %s', async (version, buildx, message) => {
    useVersions(version, buildx);
    const { diagnostics, exitCode } = await problem();
    expect(exitCode).toBe(2);
    expect(diagnostics).toMatchObject([{ code: 'engine-too-old', message }]);
  });

  test('takes an answer that makes no sense for no answer', async () => {
    useScript('echo nonsense; echo some words >&2; exit 1');
    const { diagnostics } = await problem();
    expect(diagnostics).toMatchObject([{ code: 'engine-unreachable', details: ['some words'] }]);
  });

  test('takes a docker command that cannot be run for none', async () => {
    useCommand('/etc/passwd');
    expect((await problem()).diagnostics[0]?.message).toMatch(/no docker command/);
  });
});

test.each([
  ['26.1.5+dfsg1', '23.0', true],
  ['23.0.0', '23.0', true],
  ['20.10.24', '23.0', false],
  ['v0.13.1', '0.13', true],
  ['0.9.0', '0.13', false],
  ['1.0', '0.13', true],
  ['dev', '23.0', true],
])('whether %s is at least %s is %s', (version, needed, expected) => {
  expect(isAtLeast(version, needed)).toBe(expected);
});
