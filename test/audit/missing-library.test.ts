import { describe, expect, test } from 'vitest';
import { codesOf, fn, layer, layers, toldOf } from './zips.js';

const libpq = {
  library: 'libpq.so.5',
  path: '/usr/lib64/libpq.so.5',
  package: 'libpq',
  version: '15.8-1',
  files: ['psycopg2/_psycopg.so'],
  libraries: [],
};
const inTurn = ['libssl.so.3', 'libcrypto.so.3', 'libldap.so.2'].map((library) => {
  return { library, path: `/usr/lib64/${library}`, files: [], libraries: ['libpq.so.5'] };
});
const arn = 'arn:aws:lambda:eu-central-1:123456789012:layer:postgres:1';

describe('a library that a zip lacks', () => {
  test('is told with who needs it, its OS package and the line to add', () => {
    expect(toldOf([layer('db', { findings: { missing: [libpq] } })])).toMatchInlineSnapshot(`
      "pkgr.yml:7:3: warning: layer "db" needs libpq.so.5, which neither the zip nor Lambda has [missing-library]
        | libpq.so.5 of the OS package libpq 15.8-1, needed by psycopg2/_psycopg.so
        hint: write libs: auto, or libs: ["/usr/lib64/libpq.so.5"]; or nothing, if a layer brings it"
    `);
  });

  test('is told before what it needs in turn, which takes one line', () => {
    const missing = [libpq, ...inTurn];
    expect(toldOf([fn('db', { findings: { missing } })])).toMatchInlineSnapshot(`
      "pkgr.yml:7:3: warning: function "db" needs libpq.so.5 and 3 more libraries, which neither the zip nor Lambda has [missing-library]
        | libpq.so.5 of the OS package libpq 15.8-1, needed by psycopg2/_psycopg.so
        | and in turn libssl.so.3, libcrypto.so.3, libldap.so.2
        hint: write libs: auto; or name the layer that brings them"
    `);
  });

  test('is told apart when the image has it neither', () => {
    const missing = [{ library: 'libGL.so.1', files: ['cv2/cv2.so'], libraries: [] }];
    expect(toldOf([fn('see', { findings: { missing } })])).toMatchInlineSnapshot(`
      "pkgr.yml:7:3: warning: function "see" needs libGL.so.1, which neither the zip nor Lambda nor the image has [missing-library]
        | libGL.so.1, needed by cv2/cv2.so
        hint: name the OS package that it belongs to under packages, and write libs: auto to carry it"
    `);
  });

  test('is told to be of another system when it is the C library of Alpine', () => {
    const missing = [{ library: 'libc.musl-x86_64.so.1', files: ['x.so'], libraries: [] }];
    expect(toldOf([fn('a', { findings: { missing } })])).toMatch(/made for Alpine.*glibc/);
  });

  test('is told once for all units that lack the same', () => {
    const zips = ['a', 'b', 'c'].map((name) => fn(name, { findings: { missing: [libpq] } }));
    expect(toldOf(zips)).toMatch(
      /^pkgr\.yml:7:3: warning: function "a" and 2 more need libpq\.so\.5, which/,
    );
    expect(toldOf(zips.slice(1))).toMatch(/^\S+ warning: function "b" and function "c" need /);
    expect(toldOf(zips).match(/warning/g)).toHaveLength(1);
  });

  test('is one of a long list of which only the beginning is shown', () => {
    const missing = Array.from({ length: 50 }, (_, at) => ({ ...libpq, library: `lib${at}.so` }));
    const lines = toldOf([fn('a', { findings: { missing } })]).split('\n');
    expect(lines).toHaveLength(1 + 20 + 1 + 1);
    expect(lines.at(-2)).toBe('  | and 30 more');
  });
});

describe('a library that a zip lacks and a layer has', () => {
  const findings = { missing: [libpq, ...inTurn] };
  const db = layer('db', { contents: { libraries: ['libpq.so.5'] } });

  test('is not missing, and neither is what only that library needs', () => {
    expect(toldOf([fn('query', { findings }, layers('db')), db])).toBe('');
  });

  test('is missing for a function that does not name the layer', () => {
    const zips = [fn('query', { findings }, layers('db')), fn('other', { findings }), db];
    expect(toldOf(zips)).toMatch(
      /^pkgr\.yml:7:3: warning: function "other" needs libpq\.so\.5 and 3/,
    );
  });

  test('leaves what others need too', () => {
    const missing = [libpq, { ...libpq, library: 'libz9.so', files: ['x.so'] }, ...inTurn];
    const told = toldOf([fn('query', { findings: { missing } }, layers('db')), db]);
    expect(told).toMatch(/needs libz9\.so, which/);
  });

  test('is not missing for a layer either when every function that names it brings it', () => {
    const lacking = layer('orm', { findings });
    const one = fn('a', {}, layers('orm', 'db'));
    const own = fn('b', { contents: { libraries: ['libpq.so.5', 'libx.so'] } }, layers('orm'));
    expect(toldOf([lacking, db, one, own])).toBe('');
    const none = fn('c', {}, layers('orm'));
    expect(codesOf('orm', [lacking, db, one, own, none])).toEqual(['warning missing-library']);
    expect(codesOf('orm', [lacking])).toEqual(['warning missing-library']);
  });
});

describe('a library that a zip lacks beside a layer of which nothing is known', () => {
  const findings = { missing: [libpq] };

  test('is a notice only when the layer is elsewhere', () => {
    expect(codesOf('a', [fn('a', { findings }, layers(arn))])).toEqual(['notice missing-library']);
    const zips = [layer('orm', { findings }), fn('a', {}, layers('orm', arn))];
    expect(codesOf('orm', zips)).toEqual(['notice missing-library']);
  });

  test('is a notice only when the layer was not built along', () => {
    expect(codesOf('a', [fn('a', { findings }, layers('db'))])).toEqual(['notice missing-library']);
  });
});

test('zips without findings, and with carried files only, are told nothing of', () => {
  const carried = [{ name: 'lib/libpq.so.5', package: 'libpq' }];
  expect(toldOf([fn('a'), fn('b', { findings: { carried } })])).toBe('');
});
