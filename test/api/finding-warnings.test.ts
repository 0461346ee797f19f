import { describe, expect, test } from 'vitest';
import type { UnitResult } from '../../src/api/build-result.js';
import { findingWarnings } from '../../src/api/finding-warnings.js';
import type { Findings } from '../../src/artifacts/index.js';
import { diagnosticCodes, formatDiagnostics } from '../../src/diagnostics/index.js';
import type { PlannedUnit } from '../../src/plan/index.js';

const none: Findings = { missing: [], carried: [], replaced: [] };

function unit(name: string, kind: PlannedUnit['kind'] = 'function', line = 7): PlannedUnit {
  return {
    kind,
    name,
    target: name,
    at: { file: 'pkgr.yml', line, column: 3 },
    runtime: 'python3.13',
    architecture: 'x86_64',
    base: 'base',
    layers: [],
    packagesPrefix: '',
    code: [],
    zip: `dist/${name}.zip`,
  };
}

function built(of: PlannedUnit, findings?: Partial<Findings>): UnitResult {
  const told = findings && { findings: { ...none, ...findings } };
  const digest = { size: 1, sha256: 'a'.repeat(64), unzippedSize: 1, entries: 1, ...told };
  return { kind: 'unchanged', unit: of, digest, seconds: 0 };
}

const told = (...results: UnitResult[]) => {
  const warnings = findingWarnings(results);
  for (const { code, severity } of warnings) {
    expect([severity, Object.keys(diagnosticCodes).includes(code)]).toEqual(['warning', true]);
  }
  return formatDiagnostics(warnings);
};

const libpq = {
  library: 'libpq.so.5',
  path: '/usr/lib64/libpq.so.5',
  package: 'libpq',
  version: '15.8-1',
  neededBy: ['psycopg2/_psycopg.so'],
};

describe('a library that a zip lacks', () => {
  test('is told with who needs it, its OS package and the line to add', () => {
    expect(told(built(unit('db', 'layer'), { missing: [libpq] }))).toMatchInlineSnapshot(`
      "pkgr.yml:7:3: warning: layer "db" needs libpq.so.5, which neither the zip nor Lambda has [missing-library]
        | libpq.so.5 of the OS package libpq 15.8-1, needed by psycopg2/_psycopg.so
        hint: write libs: auto, or libs: ["/usr/lib64/libpq.so.5"]; or nothing, if a layer brings it"
    `);
  });

  test('is told before what it needs in turn, which takes one line', () => {
    const inTurn = ['libssl.so.3', 'libcrypto.so.3', 'libldap.so.2'].map((library) => {
      return { library, path: `/usr/lib64/${library}`, neededBy: ['libpq.so.5'] };
    });
    expect(told(built(unit('db'), { missing: [libpq, ...inTurn] }))).toMatchInlineSnapshot(`
      "pkgr.yml:7:3: warning: function "db" needs libpq.so.5 and 3 more libraries, which neither the zip nor Lambda has [missing-library]
        | libpq.so.5 of the OS package libpq 15.8-1, needed by psycopg2/_psycopg.so
        | and in turn libssl.so.3, libcrypto.so.3, libldap.so.2
        hint: write libs: auto; or nothing, if a layer brings them"
    `);
  });

  test('is told apart when the image has it neither', () => {
    const missing = [{ library: 'libGL.so.1', neededBy: ['cv2/cv2.so'] }];
    expect(told(built(unit('see'), { missing }))).toMatchInlineSnapshot(`
      "pkgr.yml:7:3: warning: function "see" needs libGL.so.1, which neither the zip nor Lambda nor the image has [missing-library]
        | libGL.so.1, needed by cv2/cv2.so
        hint: name the OS package that it belongs to under packages, and write libs: auto to carry it"
    `);
  });

  test('is told to be of another system when it is the C library of Alpine', () => {
    const missing = [{ library: 'libc.musl-x86_64.so.1', neededBy: ['x.so'] }];
    expect(told(built(unit('a'), { missing }))).toMatch(/made for Alpine.*glibc/);
  });

  test('is told once for all units that lack the same', () => {
    const missing = [libpq];
    const results = ['a', 'b', 'c'].map((name, at) =>
      built(unit(name, 'function', at), { missing }),
    );
    expect(told(...results)).toMatch(
      /^pkgr\.yml:0:3: warning: function "a" and 2 more need libpq\.so\.5, which/,
    );
    expect(told(...results.slice(1))).toMatch(/^\S+ warning: function "b" and function "c" need /);
    expect(told(...results).match(/warning/g)).toHaveLength(1);
  });

  test('is one of a long list of which only the beginning is shown', () => {
    const missing = Array.from({ length: 50 }, (_, at) => ({ ...libpq, library: `lib${at}.so` }));
    const lines = told(built(unit('a'), { missing })).split('\n');
    expect(lines).toHaveLength(1 + 20 + 1 + 1);
    expect(lines.at(-2)).toBe('  | and 30 more');
  });
});

test('a file of a package that the image replaces is told of', () => {
  const replaced = [{ name: 'requests/__init__.py', of: 'packages', by: 'libraries' }];
  expect(told(built(unit('hello'), { replaced }))).toMatchInlineSnapshot(`
    "pkgr.yml:7:3: warning: in function "hello", requests/__init__.py of the packages is replaced by the libraries of the same name from the image [replaced-file]
      | requests/__init__.py
      hint: rename it in lambda_lib or lambda_bin of the image, or choose another file in libs or bins"
  `);
});

test('zips without findings, and with carried files only, give no warning', () => {
  const carried = [{ name: 'lib/libpq.so.5', package: 'libpq' }];
  expect(findingWarnings([built(unit('a')), built(unit('b'), { carried })])).toEqual([]);
});
