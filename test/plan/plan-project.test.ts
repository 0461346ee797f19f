import { describe, expect, test } from 'vitest';
import { PkgrError } from '../../src/diagnostics/index.js';
import { planProject } from '../../src/plan/index.js';
import type { Unit } from '../../src/project/index.js';
import { at, contents, file, image, linesOf, projectOf, requirementsOf, unitOf } from './sample.js';

const planOf = (...units: readonly Unit[]) => planProject(projectOf(units));

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

test("a function's layers are in the plan as they are written", () => {
  const arn = 'arn:aws:lambda:eu-west-1:123456789012:layer:other:1';
  const layers: Unit['layers'] = [
    { kind: 'external', arn },
    { kind: 'unit', name: 'shared' },
  ];
  const plan = planOf(unitOf('a', { layers }), unitOf('shared', { kind: 'layer' }));
  expect(plan.units.map((unit) => unit.layers)).toEqual([layers, []]);
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
      unitOf('b', {
        kind: 'layer',
        base: { kind: 'dockerfile', path: 'Dockerfile', text: 'FROM a', at },
      }),
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
