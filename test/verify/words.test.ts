import { describe, expect, test } from 'vitest';
import type { Findings, Problem, Verification } from '../../src/artifacts/index.js';
import {
  type Diagnostic,
  diagnosticCodes,
  ExitCode,
  formatDiagnostics,
} from '../../src/diagnostics/index.js';
import { planProject } from '../../src/plan/index.js';
import type { Unit } from '../../src/project/index.js';
import { judge, type Looked, verdictsExitCode } from '../../src/verify/index.js';
import { at, linesOf, projectOf, unitOf } from '../plan/sample.js';

const none: Verification = {
  python: '3.11.2',
  problems: [],
  network: [],
  output: [],
  modules: {},
};
const place = { file: '/var/task/app.py', line: 3, function: 'load' };
const handler = { value: 'app.handler', at: { ...at, line: 9 } };
const layer = (name: string) => unitOf(name, { kind: 'layer' });

/** Verdicts on units of a project, and what was told of each by its name. */
function verdictsOf(
  units: readonly Unit[],
  told: Readonly<Record<string, Partial<Verification>>>,
  findings?: Findings,
) {
  const project = projectOf(units);
  const plan = planProject(project);
  const looked = plan.units.map((unit): Looked => {
    const given = told[unit.name];
    return {
      unit,
      ...(given && { verification: { ...none, ...given } }),
      ...(findings && { findings }),
    };
  });
  return judge({ project, plan }, looked);
}

function textOf(diagnostics: readonly Diagnostic[]): string {
  for (const { code } of diagnostics) expect(Object.keys(diagnosticCodes)).toContain(code);
  return formatDiagnostics(diagnostics);
}

/** What is told of a function with one problem. */
function toldOf(
  problem: Partial<Problem> & Pick<Problem, 'kind'>,
  own: Partial<Unit> = {},
  findings?: Findings,
): string {
  const problems: readonly Problem[] = [{ during: 'import', ...problem }];
  const units = [unitOf('hello', { handler, ...own }), layer('shared')];
  const [verdict] = verdictsOf(units, { hello: { problems } }, findings);
  return textOf(verdict?.diagnostics ?? []);
}

describe('a missing module', () => {
  const missing = {
    kind: 'missing-module',
    module: 'yaml',
    distribution: 'PyYAML',
    place,
  } as const;

  test('is told with the line that imports it and the package that brings it', () => {
    expect(toldOf(missing)).toBe(
      'pkgr.yml:1:1: error: function "hello" cannot be imported: there is no module yaml (/var/task/app.py:3) [missing-module]\n' +
        '  hint: add PyYAML to its requirements',
    );
  });

  test('is told with the layer that has it, or the other function', () => {
    const hint = (modules: Readonly<Record<string, Verification['modules']>>, own = {}) => {
      const units = [
        unitOf('hello', { handler, ...own }),
        unitOf('other', { handler }),
        layer('x'),
      ];
      const others = Object.fromEntries(
        Object.entries(modules).map(([name, found]) => [name, { modules: found }]),
      );
      const problems: readonly Problem[] = [{ during: 'import', ...missing }];
      const [verdict] = verdictsOf(units, { ...others, hello: { problems } });
      return verdict?.diagnostics[0]?.hint;
    };
    expect(hint({ x: { yaml: 'PyYAML' }, other: { yaml: 'PyYAML' } })).toBe(
      'layer "x" has it (PyYAML): name it under layers: of function "hello"',
    );
    expect(hint({ x: { yaml: '' } })).toBe(
      'layer "x" has it: name it under layers: of function "hello"',
    );
    expect(hint({ other: { yaml: 'ruamel' } })).toBe(
      'add ruamel to its requirements, as function "other" has it',
    );
    expect(hint({ other: { yaml: '' } })).toBe('include it here too, as function "other" does');
    // The layer that it has already is no answer.
    expect(hint({ x: { yaml: 'PyYAML' } }, { layers: [{ kind: 'unit', name: 'x' }] })).toBe(
      'add PyYAML to its requirements',
    );
  });

  test.each<[string, Partial<Problem>, string]>([
    [
      'elsewhere',
      { elsewhere: ['/var/task/src/yaml.py'] },
      'it is there as src.yaml: import it so',
    ],
    ['removed', { removedIn: '3.12' }, 'choose a runtime before python3.12'],
    ['never built', { standard: true }, 'do without it'],
    ['pruned', { partOf: 'PyYAML' }, 'see whether prune or exclude leaves it out'],
    ['of Lambda', { inLambda: true }, 'Lambda itself has yaml, the image that this is verified in'],
  ])('that is %s is told as that', (_, facts, hint) => {
    expect(toldOf({ ...missing, ...facts })).toContain(hint);
  });

  test('is an error although it is imported only later, and says by whom', () => {
    expect(toldOf({ ...missing, during: 'later' })).toContain(
      'error: function "hello" cannot make an import that is made later by load(): there is no module yaml',
    );
  });

  test('is only a warning below a layer that pkgr cannot see, of which a notice tells', () => {
    const [verdict] = verdictsOf(
      [unitOf('hello', { handler, layers: [{ kind: 'external', arn: 'arn:x' }] })],
      { hello: { problems: [{ during: 'import', ...missing }] } },
    );
    expect(verdict).toMatchObject({ status: 'unsure', exitCode: ExitCode.done });
    expect(textOf(verdict?.diagnostics ?? [])).toMatchInlineSnapshot(`
      "pkgr.yml:1:1: warning: function "hello" cannot be imported: there is no module yaml (/var/task/app.py:3) [missing-module]
        hint: add PyYAML to its requirements; or nothing, if a layer brings it
      pkgr.yml:1:1: notice: function "hello" is verified without arn:x, which pkgr cannot see [not-verified]
        hint: what is in such a layer is not missing in Lambda"
    `);
  });

  test('of the standard library no layer brings: it stays an error', () => {
    const layers: Unit['layers'] = [{ kind: 'external', arn: 'arn:x' }];
    expect(toldOf({ ...missing, removedIn: '3.12' }, { layers })).toContain('error: function');
  });
});

describe('a missing library', () => {
  const missing = {
    kind: 'missing-library',
    library: 'libpq.so.5',
    neededBy: ['/var/task/psycopg2/_psycopg.so'],
    distribution: 'psycopg2',
    version: '2.9',
    also: ['libldap.so.2'],
  } as const;
  const findings = (path?: string): Findings => ({
    missing: [
      {
        library: 'libpq.so.5',
        files: [],
        libraries: [],
        ...(path && { path, package: 'libpq5', version: '15' }),
      },
    ],
    carried: [],
    replaced: [],
    facts: [],
  });

  test('is told with who needs it and the OS package that the build image has it from', () => {
    expect(toldOf(missing, {}, findings('/usr/lib/libpq.so.5'))).toBe(
      'pkgr.yml:1:1: error: function "hello" cannot be imported: the shared library libpq.so.5 is missing, which /var/task/psycopg2/_psycopg.so of psycopg2 2.9 needs [missing-library]\n' +
        '  | also missing: libldap.so.2\n' +
        '  hint: write libs: auto to carry it from the image, of the OS package libpq5',
    );
  });

  test('is named beside auto where auto takes it for a library of Lambda', () => {
    expect(toldOf(missing, { autoLibs: at }, findings('/usr/lib/libpq.so.5'))).toContain(
      'write libs: [auto, "/usr/lib/libpq.so.5"]',
    );
  });

  test('is told with the OS packages of its name where no image has it', () => {
    expect(toldOf(missing)).toContain(
      'name its OS package (libpq5 with apt-get, libpq with dnf) under packages, and write libs: auto',
    );
    expect(toldOf({ ...missing, library: 'libodd.so.1' })).toContain(
      'name the OS package that has it under packages',
    );
  });

  test('of a package for displays is told with the one that needs none', () => {
    const opencv = { ...missing, library: 'libGL.so.1', distribution: 'opencv-python' };
    expect(toldOf(opencv)).toContain('require opencv-python-headless instead');
  });

  test('in another folder of the zip is told with where it belongs', () => {
    expect(toldOf({ ...missing, elsewhere: ['/var/task/native/libpq.so.5'] })).toContain(
      'it is there as /var/task/native/libpq.so.5, where Lambda does not look: move it to lib/ of the zip',
    );
  });
});

describe('a library that does not fit', () => {
  const fast = { file: '/var/task/fast/x.so', distribution: 'fast', version: '2' };

  test('is told with what the runtime has and the wheel that brought it', () => {
    expect(
      toldOf({
        kind: 'symbol-version',
        symbolVersion: 'GLIBC_2.28',
        library: 'libc.so.6',
        has: 'glibc 2.26',
        wheels: ['cp311-cp311-manylinux_2_28_x86_64'],
        ...fast,
      }),
    ).toBe(
      'pkgr.yml:1:1: error: function "hello" cannot be imported: /var/task/fast/x.so of fast 2 needs GLIBC_2.28 of libc.so.6, and the runtime has glibc 2.26; it is from a wheel for cp311-cp311-manylinux_2_28_x86_64 [symbol-version]\n' +
        '  hint: build in the image of the runtime, for which pip chooses a wheel that fits, or pin a version of fast with a wheel for manylinux2014',
    );
  });

  test.each([
    [
      'cpython-312-x86_64-linux-gnu',
      'wrong-abi',
      'is compiled for Python 3.12, and the runtime is Python 3.11',
    ],
    ['cpython-36m-x86_64-linux-gnu', 'wrong-abi', 'is compiled for Python 3.6'],
    [
      'cpython-311-aarch64-linux-gnu',
      'wrong-architecture',
      'is made for arm64, and the runtime is x86_64',
    ],
    ['cpython-311-darwin', 'wrong-platform', 'is compiled for macOS only'],
    ['cp311-win_amd64', 'wrong-platform', 'is compiled for Windows only'],
    ['pyd', 'wrong-platform', 'is compiled for Windows only'],
  ])('by its name, %s, is of %s', (tag, code, text) => {
    const wants = 'cpython-311-x86_64-linux-gnu';
    const told = toldOf({ kind: 'compiled-otherwise', module: 'fast.x', tag, wants, ...fast });
    expect(told).toContain(text);
    expect(told).toContain(`[${code}]`);
  });
});

describe('where something is', () => {
  test('a handler is told of where it is written, other things where the unit is', () => {
    expect(toldOf({ kind: 'handler-missing', module: 'app', function: 'handler' })).toMatch(
      /^pkgr\.yml:9:1: error: Lambda cannot call function "hello": /,
    );
  });

  test('what was printed is shown below, as it may say more', () => {
    const problems: readonly Problem[] = [{ kind: 'exited', during: 'import', code: '2' }];
    const units = [unitOf('hello', { handler })];
    const [verdict] = verdictsOf(units, { hello: { problems, output: ['usage: hello'] } });
    expect(verdict?.diagnostics[0]?.details).toEqual(['it printed:', '  usage: hello']);
  });
});

describe('a unit that is not verified in full', () => {
  test('is passed over where it says so, and told of where nothing says how', () => {
    const any = { runtime: 'any', base: { kind: 'image', name: 'x', at } } as const;
    const verdicts = verdictsOf(
      [unitOf('off', { verify: { mode: 'off', environment: {} } }), unitOf('any', any)],
      {},
    );
    expect(verdicts.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    expect(textOf(verdicts.flatMap(({ diagnostics }) => diagnostics))).toBe(
      'pkgr.yml:1:1: notice: function "any" is not verified: nothing says which Python it is for [not-verified]\n' +
        '  hint: add runtime: python3.N to it, or verifyImage:',
    );
  });

  test('without a handler is told of, and its packages are no more than a warning', () => {
    const problems: readonly Problem[] = [
      {
        kind: 'missing-module',
        during: 'module',
        importing: 'bad',
        module: 'x',
        distribution: 'x',
      },
    ];
    const [verdict] = verdictsOf([unitOf('hello', { requirements: linesOf('bad') })], {
      hello: { problems },
    });
    expect(verdict?.exitCode).toBe(ExitCode.done);
    expect(textOf(verdict?.diagnostics ?? [])).toBe(
      'pkgr.yml:1:1: warning: in function "hello", bad cannot be imported: there is no module x [missing-module]\n' +
        '  hint: add x to its requirements\n' +
        'pkgr.yml:1:1: notice: function "hello" has no handler, so that only its packages were imported [not-verified]\n' +
        '  hint: add handler: MODULE.FUNCTION to it',
    );
  });

  test('that passes may be told of what it asked for, and how long that took', () => {
    const [verdict] = verdictsOf([unitOf('hello', { handler })], {
      hello: { network: ['a.example.com:443'], milliseconds: 12_400 },
    });
    expect(verdict).toMatchObject({ status: 'passed', milliseconds: 12_400 });
    expect(verdict?.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['needs-network', 'notice'],
      ['slow-import', 'warning'],
    ]);
  });
});

describe('the exit code', () => {
  const [unit] = planProject(projectOf([unitOf('a')])).units;
  const verdict = (exitCode: ExitCode) => {
    if (unit === undefined) throw new Error('there is a unit');
    return { unit, status: 'failed', diagnostics: [], exitCode } as const;
  };

  test('is 1 when one fails, and 75 when all that fail may do so only now', () => {
    expect(verdictsExitCode([])).toBe(0);
    expect(verdictsExitCode([verdict(0), verdict(1)])).toBe(1);
    expect(verdictsExitCode([verdict(0), verdict(75), verdict(75)])).toBe(75);
    expect(verdictsExitCode([verdict(1), verdict(75)])).toBe(1);
  });
});
