import { describe, expect, test } from 'vitest';
import { PkgrError } from '../../src/diagnostics/index.js';
import { planProject } from '../../src/plan/index.js';
import type { Unit } from '../../src/project/index.js';
import { at, contents, file, linesOf, projectOf, requirementsOf, unitOf } from './sample.js';

const image = (name: string) => ({ kind: 'image', name, at }) as const;
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
      unitOf('b', { base: { kind: 'dockerfile', path: 'base', at } }),
    );
    expect(bases).toMatchObject([
      { kind: 'image', image: 'base' },
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

describe('the names of stages', () => {
  test('are unique whatever the units are called', () => {
    const names = ['a', 'a-zip', 'all', 'scratch', '2fa', 'Upper', 'deps-1', 'python3.11-amd64'];
    const plan = planOf(
      ...names.map((name) =>
        unitOf(name, {
          requirements: requirementsOf([`${name}.txt`]),
          packages: { any: [name], byManager: {} },
          libs: [{ value: `/lib/${name}`, at }],
        }),
      ),
      unitOf('python3.11-amd64-packages', { architecture: 'arm64', base: image('x') }),
    );
    expect(plan.units.map(({ target }) => target)).toEqual([
      'a',
      'a-zip-2',
      'all-2',
      'scratch-2',
      'unit-2fa',
      'upper',
      'deps-1',
      'python3.11-amd64',
      'python3.11-amd64-packages',
    ]);
    const sets = [plan.bases, plan.systems, plan.dependencySets, plan.librarySets];
    const ids = [...plan.units.map(({ target }) => target), ...sets.flat().map(({ id }) => id)];
    expect(new Set(ids).size).toBe(ids.length);
    expect(plan.units.map(({ name }) => name).slice(0, -1)).toEqual(names);
    expect(plan.units[5]?.zip).toBe('dist/Upper.zip');
  });
});

describe('the plan', () => {
  const project = projectOf(
    [
      unitOf('a', {
        requirements: requirementsOf(['a.txt'], [{ kind: 'directory', path: 'lib' }]),
        handler: { value: 'lambda.handler', at },
        pipconf: { value: 'pip.conf', at },
        include: [contents('functions/a'), file('shared.py', 'x/shared.py')],
        exclude: ['**/tests'],
        packages: { any: ['gcc'], byManager: {}, at },
      }),
      unitOf('b', { kind: 'layer', base: { kind: 'dockerfile', path: 'Dockerfile', at } }),
    ],
    { exclude: ['**/tests'], dockerignore: ['*.md'] },
  );

  test('is plain JSON', () => {
    const plan = planProject(project);
    expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
  });

  test('is the same for the same project', () => {
    expect(JSON.stringify(planProject(structuredClone(project)))).toBe(
      JSON.stringify(planProject(project)),
    );
  });

  test('holds a thousand units with everything shared that can be', () => {
    const units = Array.from({ length: 1000 }, (_, index) =>
      unitOf(`function-${index}`, {
        requirements: requirementsOf([`requirements-${index % 10}.txt`]),
        base: image(`image-${index % 2}`),
        packages: { any: index % 4 < 2 ? ['gcc'] : [], byManager: {} },
        include: [contents(`functions/${index}`), contents('shared'), file('config.json')],
        exclude: ['**/tests', '!functions/7/tests', `functions/${index}/*.md`],
      }),
    );
    const plan = planProject(projectOf(units, { exclude: ['**/tests'] }));
    expect(plan.units.length).toBe(1000);
    expect(plan.bases.length).toBe(2);
    expect(plan.systems.length).toBe(2);
    expect(plan.librarySets.length).toBe(4);
    expect(plan.dependencySets.length).toBe(20);
    expect(plan.dependencySets.map(({ units: users }) => users.length)).toEqual(
      Array.from({ length: 20 }, () => 50),
    );
    expect(plan.units[7]?.code[0]?.exclude).toEqual(['**/tests', '!tests', '*.md']);
  });
});

test('all includes that can never reach the engine are refused at once, each at its place', () => {
  const lines = [3, 4, 5].map((line) => ({ ...at, line }));
  const [one, two, three] = lines.map((place, index) => ({
    ...file(['dist/x.py', 'a.pyc', 'good.py'][index] ?? ''),
    at: place,
  }));
  if (!one || !two || !three) throw new Error('three includes are needed');
  const project = projectOf([
    unitOf('a', { include: [one, three] }),
    unitOf('b', { include: [two] }),
  ]);
  const refusal = refusalOf(() => planProject(project));
  expect(refusal.diagnostics).toMatchObject([
    { code: 'ignored-include', severity: 'error', at: lines[0] },
    { code: 'ignored-include', severity: 'error', at: lines[1] },
  ]);
  expect(refusal.diagnostics[0]?.message).toContain('a includes dist/x.py');
  expect(refusal.diagnostics[0]?.hint).toBeTruthy();
});

test('a unit whose own exclude leaves nothing of it is refused', () => {
  const one = unitOf('one', { include: [file('a.py')], exclude: ['a.py'] });
  const other = unitOf('other', { ...one, name: 'other', requirements: linesOf('six') });
  const refusal = refusalOf(() => planOf(one, other));
  expect(refusal.diagnostics).toMatchObject([{ code: 'ignored-include', at }]);
  expect(refusal.diagnostics[0]?.message).toContain('one has nothing to pack');
});

function refusalOf(run: () => unknown): PkgrError {
  try {
    run();
  } catch (error) {
    if (error instanceof PkgrError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
