import { execFileSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { describe, expect, test } from 'vitest';
import { choosePython } from '../../src/host/python.js';
import type { Runtime } from '../../src/project/index.js';
import { machineRuntime } from './python-packages.js';
import { temporaryProject } from './temporary-project.js';

/** A program that answers as a Python would. */
function fake(version: string, change: Readonly<Record<string, unknown>> = {}) {
  const answer = {
    path: '/opt/python',
    version,
    pip: '24.0',
    isUsual: true,
    machine: { bits: 64, markers: {}, glibc: '2.26' },
    ...change,
  };
  return { program: `#!/bin/sh\necho '${JSON.stringify(answer)}'\n` };
}

const shim = { program: '#!/bin/sh\necho "pyenv: $0: command not found" >&2\nexit 127\n' };

async function found(runtime: Runtime, folders: readonly string[]) {
  const PATH = [...folders, '/usr/bin', '/bin'].join(delimiter);
  return choosePython(runtime, { PATH }).then(
    ({ version, pip }) => `${version} ${pip}`,
    (error) => [error.message, ...error.details, error.hint].join('\n'),
  );
}

describe('the Python of a runtime', () => {
  test('is found by its own name, or as python3 or python of the same version', async () => {
    const own = temporaryProject({ 'python3.4': fake('3.4.1'), python3: fake('3.4.9') });
    expect(await found('python3.4', [own])).toBe('3.4.1 24.0');
    expect(await found('python3.4', [temporaryProject({ python: fake('3.4.2') })])).toBe(
      '3.4.2 24.0',
    );
  });

  test('is looked for behind a shim that leads nowhere and one that has no pip', async () => {
    const folders = [
      temporaryProject({ 'python3.4': shim }),
      temporaryProject({ 'python3.4': fake('3.4.1', { pip: null }) }),
      temporaryProject({ 'python3.4': fake('3.4.2') }),
    ];
    expect(await found('python3.4', folders)).toBe('3.4.2 24.0');
  });

  test('is no other version: 3.1 is not 3.11; what was found is told', async () => {
    const folder = temporaryProject({
      'python3.1': shim,
      python3: fake('3.11.7'),
      python: fake('3.1.5', { isUsual: false }),
    });
    const PATH = folder;
    const error = await choosePython('python3.1', { PATH }).catch((reason) => reason);
    expect([error.code, error.message, error.hint]).toEqual([
      'host-python-missing',
      'there is no python3.1 with pip on PATH, and pip chooses packages for the Python it runs on',
      'install python3.1 and its pip, or build with Docker (without --engine host)',
    ]);
    const told = error.details.map((line: string) => line.replaceAll(folder, ''));
    expect(told[0]).toMatch(/^\/python3\.1: (ended with exit code 127|does not run)/);
    expect(told.slice(1)).toEqual([
      '/python3: Python 3.11.7',
      "/python: Python 3.1.5, another build than Lambda's",
    ]);
  });

  test('is not looked for in relative folders of PATH, which are whatever the project says', async () => {
    const error = await choosePython('python3.4', { PATH: '.::bin' }).catch((reason) => reason);
    expect(error.details).toEqual([]);
  });

  test('is asked without importing anything of the folder that pkgr runs in', async () => {
    const trap = temporaryProject({
      'json.py': 'raise SystemExit(9)',
      'pip.py': 'raise SystemExit(9)',
    });
    const before = process.cwd();
    process.chdir(trap);
    try {
      const python = await choosePython(machineRuntime, {
        ...process.env,
        PYTHONPATH: trap,
        PYTHONHOME: trap,
      });
      expect(`python${python.version}`.startsWith(`${machineRuntime}.`)).toBe(true);
    } finally {
      process.chdir(before);
    }
  });

  test('is the interpreter itself, with what it says of the machine', async () => {
    const { path, machine } = await choosePython(machineRuntime, process.env);
    expect(execFileSync(path, ['-c', 'import sys; print(sys.platform)']).toString().trim()).toBe(
      machine.markers.sys_platform,
    );
    expect([32, 64]).toContain(machine.bits);
  });
});
