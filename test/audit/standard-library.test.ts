import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { standardLibrary } from '../../src/audit/standard-library.js';
import { docker, hasEngine } from '../engine/local-engine.js';
import { runtimeImage } from '../examples/stand-ins.js';

const MINUTE = 60_000;

/** Prints the minor version and the names, which Python tells of itself since 3.10. */
const PROGRAM = 'import sys; print(sys.version_info[1], *sorted(sys.stdlib_module_names))';

/** Begin with an underscore, are for tests or for people, or are for other systems than Linux. */
const leftOut = /^_|^(idlelib|msilib|msvcrt|nt|turtledemo|winreg|winsound)$/;

async function expectSame(command: string, arguments_: readonly string[]): Promise<number> {
  const { stdout } = await execa(command, [...arguments_, '-c', PROGRAM]);
  const [minor = '', ...names] = stdout.split(' ');
  const own = names.filter((name) => !leftOut.test(name));
  expect([...standardLibrary(Number(minor))].sort()).toEqual(own.sort());
  return Number(minor);
}

describe('the modules of the standard library', () => {
  test("are those that this machine's Python says it has", async () => {
    await expectSame('python3', []);
  });

  test.runIf(hasEngine).each([11, 13] as const)(
    'are those that Python 3.%i says it has, as its runtime has it',
    async (minor) => {
      const image = await runtimeImage(`python3.${minor}`);
      const run = ['run', '--rm', '--network', 'none', '--entrypoint', 'python3', image];
      expect(await expectSame(docker, run)).toBe(minor);
    },
    MINUTE,
  );
});
