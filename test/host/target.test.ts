import { expect, test } from 'vitest';
import { mayDiffer, undecidable } from '../../src/host/markers.js';
import { isTarget, type Machine, targetOf, wheelPlatforms } from '../../src/host/target.js';

const linux = targetOf('python3.11', 'x86_64').markers;
const macintosh = {
  os_name: 'posix',
  sys_platform: 'darwin',
  platform_system: 'Darwin',
  platform_machine: 'arm64',
};

test('a machine is the target with the same system, the same processor and no newer glibc', () => {
  const machine = (glibc?: string, change: Partial<Machine> = {}): Machine => ({
    markers: linux,
    bits: 64,
    ...(glibc !== undefined && { glibc }),
    ...change,
  });
  const python311 = targetOf('python3.11', 'x86_64');
  expect(isTarget(machine('2.26'), python311)).toBe(true);
  expect(isTarget(machine('2.27'), python311)).toBe(false);
  expect(isTarget(machine('2.34'), targetOf('python3.12', 'x86_64'))).toBe(true);
  expect(isTarget(machine('2.26'), targetOf('python3.7', 'x86_64'))).toBe(false);
  expect(isTarget(machine('2.26'), targetOf('python3.11', 'arm64'))).toBe(false);
  expect(isTarget(machine('2.26', { bits: 32 }), python311)).toBe(false);
  expect(isTarget(machine('2.26', { markers: macintosh }), python311)).toBe(false);
  expect(isTarget(machine(), python311)).toBe(false);
});

test('wheels are looked for from the newest glibc that the runtime has down to the oldest there is', () => {
  const intel = wheelPlatforms(targetOf('python3.11', 'x86_64'));
  expect(intel.slice(0, 3)).toEqual([
    'manylinux_2_26_x86_64',
    'manylinux_2_25_x86_64',
    'manylinux_2_24_x86_64',
  ]);
  expect(intel.slice(-2)).toEqual(['manylinux_2_5_x86_64', 'manylinux1_x86_64']);
  expect(intel).toContain('manylinux2014_x86_64');
  const arm = wheelPlatforms(targetOf('python3.13', 'arm64'));
  expect([arm[0], ...arm.slice(-2)]).toEqual([
    'manylinux_2_34_aarch64',
    'manylinux_2_17_aarch64',
    'manylinux2014_aarch64',
  ]);
});

test.each([
  ['sys_platform == "win32"', false],
  ["'win32' != sys_platform", false],
  ['sys_platform == "darwin"', true],
  ['"darwin" in sys.platform', true],
  ['platform_system != "Linux" and python_version < "3.9"', true],
  ['os_name == "nt"', false],
  ['platform_machine not in "x86_64 amd64"', true],
  ['platform_machine == "ppc64le" or platform_machine == "s390x"', false],
  ['platform_release >= "5"', true],
  ['python_version < "3.9" and platform_python_implementation == "CPython"', false],
])('whether a Mac might decide %j otherwise than Lambda: %j', (marker, expected) => {
  expect(mayDiffer(marker, macintosh, linux)).toBe(expected);
  expect(mayDiffer(marker, linux, linux)).toBe(marker.startsWith('platform_release'));
});

test('a requirement of an extra counts only when somebody asks for the extra', () => {
  const requirements = [
    'appnope ; sys_platform == "darwin" and extra == "dev_tools"',
    'colorama; sys_platform == "win32"',
    'requests>=2',
  ];
  expect(undecidable(requirements, macintosh, linux)).toEqual([]);
  expect(undecidable([...requirements, 'tool[Dev-Tools]==1'], macintosh, linux)).toEqual([
    requirements[0],
  ]);
});
