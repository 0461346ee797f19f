import { describe, expect, test } from 'vitest';
import { planProject } from '../../src/plan/index.js';
import type { Unit } from '../../src/project/index.js';
import { at, image, linesOf, projectOf, requirementsOf, unitOf } from './sample.js';

const planOf = (...units: readonly Unit[]) => planProject(projectOf(units));

describe('a base', () => {
  test('is shared by units with the same image and architecture, whoever chose it', () => {
    const { bases, units } = planOf(
      unitOf('a', { base: { kind: 'image', name: 'debian:12' } }),
      unitOf('b', { base: image('debian:12'), runtime: 'python3.13' }),
      unitOf('c', { base: image('debian:13') }),
      unitOf('d', { base: image('debian:12'), architecture: 'arm64' }),
    );
    expect(bases).toEqual([
      {
        id: 'python3.11-amd64',
        kind: 'image',
        image: 'debian:12',
        platform: 'linux/amd64',
        units: ['a', 'b'],
      },
      expect.objectContaining({ id: 'python3.11-amd64-2', image: 'debian:13', units: ['c'], at }),
      expect.objectContaining({ id: 'python3.11-arm64', platform: 'linux/arm64', units: ['d'] }),
    ]);
    expect(units.map(({ base }) => base)).toEqual([
      'python3.11-amd64',
      'python3.11-amd64',
      'python3.11-amd64-2',
      'python3.11-arm64',
    ]);
  });

  test("from a user's Dockerfile is told apart from an image of the same name", () => {
    const { bases } = planOf(
      unitOf('a', { base: image('base') }),
      unitOf('b', { base: { kind: 'dockerfile', path: 'base', text: 'FROM a', at } }),
    );
    expect(bases).toMatchObject([
      { kind: 'image', image: 'base:latest' },
      { kind: 'dockerfile', path: 'base' },
    ]);
  });
});

describe('OS packages', () => {
  test('are installed once for units that ask for the same, however the lists are written', () => {
    const { systems } = planOf(
      unitOf('a', { packages: { any: [], byManager: { yum: ['gcc'], 'apt-get': ['g++'] } } }),
      unitOf('b', {
        packages: { any: [], byManager: { 'apt-get': ['g++'], yum: ['gcc'], apk: [] } },
      }),
      unitOf('c', { packages: { any: ['gcc'], byManager: {} } }),
      unitOf('d', { packages: { any: [], byManager: { yum: [] } } }),
      unitOf('e'),
    );
    expect(systems.map(({ id, units }) => [id, units])).toEqual([
      ['python3.11-amd64-packages', ['a', 'b']],
      ['python3.11-amd64-packages-2', ['c']],
    ]);
  });

  test('are not shared by different bases', () => {
    const packages = { any: ['gcc'], byManager: {} };
    const { systems } = planOf(
      unitOf('a', { packages }),
      unitOf('b', { packages, base: image('x') }),
    );
    expect(systems.map(({ base }) => base)).toEqual(['python3.11-amd64', 'python3.11-amd64-2']);
  });
});

describe('a dependency set', () => {
  const common = requirementsOf(['requirements.txt']);

  test('is installed once for functions and layers with the same requirements', () => {
    const { dependencySets, units } = planOf(
      unitOf('a', { requirements: common, buildEnvironment: { B: '1', A: '2' } }),
      unitOf('b', { kind: 'layer', requirements: common, buildEnvironment: { A: '2', B: '1' } }),
      unitOf('none'),
    );
    expect(dependencySets).toEqual([
      {
        id: 'deps-1',
        on: 'python3.11-amd64',
        runtime: 'python3.11',
        onRuntimeSystem: true,
        requirements: [{ kind: 'file', path: 'requirements.txt' }],
        inputs: [{ kind: 'file', path: 'requirements.txt' }],
        environment: { A: '2', B: '1' },
        usesSsh: false,
        at,
        units: ['a', 'b'],
      },
    ]);
    expect(units.map(({ dependencies }) => dependencies)).toEqual(['deps-1', 'deps-1', undefined]);
    expect(units.map(({ packagesPrefix }) => packagesPrefix)).toEqual(['', 'python', '']);
  });

  test.each<[string, Partial<Unit>]>([
    ['requirements', { requirements: requirementsOf(['other.txt']) }],
    ['another order of requirements', { requirements: requirementsOf(['b.txt', 'a.txt']) }],
    ['requirements in the manifest', { requirements: linesOf('requirements.txt') }],
    [
      'files that pip reads',
      { requirements: requirementsOf(['requirements.txt'], [{ kind: 'file', path: 'c.txt' }]) },
    ],
    ['SSH', { requirements: { ...common, usesSsh: true } }],
    ['a pip.conf', { requirements: common, pipconf: { value: 'pip.conf', at } }],
    ['environment', { requirements: common, buildEnvironment: { CFLAGS: '-O2' } }],
    ['a runtime', { requirements: common, runtime: 'python3.12' }],
    ['an image', { requirements: common, base: image('debian') }],
    ['OS packages', { requirements: common, packages: { any: ['gcc'], byManager: {} } }],
    ['an architecture', { requirements: common, architecture: 'arm64' }],
  ])('is not shared with a unit that differs in %s', (_, own) => {
    const { dependencySets } = planOf(unitOf('a', { requirements: common }), unitOf('b', own));
    expect(dependencySets.map(({ id, units }) => [id, units])).toEqual([
      ['deps-1', ['a']],
      ['deps-2', ['b']],
    ]);
  });
});

describe('pruned packages', () => {
  const requirements = requirementsOf(['requirements.txt']);

  test('are installed once for units that pack all of them and units that do not', () => {
    const { dependencySets, units } = planOf(
      unitOf('all', { requirements }),
      unitOf('some', { requirements, prune: ['**/tests/**'] }),
      unitOf('none', { prune: ['**/tests/**'] }),
    );
    expect(dependencySets).toHaveLength(1);
    expect(units.map(({ prune }) => prune)).toEqual([undefined, ['**/tests/**'], undefined]);
  });
});

describe('the zip of packages', () => {
  const requirements = requirementsOf(['requirements.txt']);

  test('is one for units that pack them alike, and one for each place or kind of bytecode', () => {
    const { packageZips, units } = planOf(
      unitOf('a', { requirements }),
      unitOf('b', { requirements, prune: ['**/tests/**'] }),
      unitOf('layer', { kind: 'layer', requirements }),
      unitOf('sourceless', { requirements, bytecode: 'sourceless' }),
    );
    expect(packageZips).toEqual([
      {
        id: 'packages-1',
        dependencies: 'deps-1',
        bytecode: { kind: 'hash', place: '/var/task' },
        units: ['a', 'b'],
      },
      expect.objectContaining({ bytecode: { kind: 'hash', place: '/opt/python' } }),
      expect.objectContaining({ bytecode: { kind: 'sourceless', place: '/var/task' } }),
    ]);
    expect(units.map(({ packageZip }) => packageZip)).toEqual([
      'packages-1',
      'packages-1',
      'packages-2',
      'packages-3',
    ]);
  });

  test('without bytecode is one for functions and layers, since no path is in it', () => {
    const { packageZips, units } = planOf(
      unitOf('a', { requirements, bytecode: 'none' }),
      unitOf('layer', { kind: 'layer', requirements, bytecode: 'none' }),
    );
    expect(packageZips).toMatchObject([{ bytecode: { kind: 'none' }, units: ['a', 'layer'] }]);
    expect(units[1]).toMatchObject({ packagesPrefix: 'python', bytecode: { kind: 'none' } });
  });
});

describe('a unit for the Python of its image', () => {
  test('is built on a base whose name does not pretend to know it', () => {
    const requirements = requirementsOf(['requirements.txt']);
    const { bases, dependencySets } = planOf(
      unitOf('a', { base: image('team/build'), runtime: 'any', requirements }),
    );
    expect(bases.map(({ id }) => id)).toEqual(['python-amd64']);
    expect(dependencySets.map(({ runtime }) => runtime)).toEqual(['any']);
  });
});

describe('a library set', () => {
  const libs = [{ value: '/usr/lib/libpq.so.*', at }];

  test('is shared by units that take the same files from the same image', () => {
    const { librarySets } = planOf(
      unitOf('a', { libs }),
      unitOf('b', { libs }),
      unitOf('c', { bins: libs }),
      unitOf('layer', { kind: 'layer', libs }),
    );
    expect(librarySets).toMatchObject([
      {
        id: 'libs-1',
        layout: 'function',
        libs: ['/usr/lib/libpq.so.*'],
        bins: [],
        units: ['a', 'b'],
      },
      { id: 'libs-2', layout: 'function', libs: [], units: ['c'] },
      { id: 'libs-3', layout: 'layer', units: ['layer'] },
    ]);
  });

  test("is looked for in an image of the user's even when nothing is named", () => {
    const { librarySets, units } = planOf(
      unitOf('own', { base: image('mine') }),
      unitOf('default'),
    );
    expect(librarySets).toMatchObject([{ libs: [], bins: [], units: ['own'] }]);
    expect(units.map(({ libraries }) => libraries)).toEqual(['libs-1', undefined]);
  });
});
