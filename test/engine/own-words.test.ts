import { describe, expect, test } from 'vitest';
import { diagnosticCodes, formatDiagnostic } from '../../src/diagnostics/index.js';
import { describeFailure, type FailurePlace } from '../../src/engine/explain.js';
import { kindOfWords, ownWords } from '../../src/engine/own-words.js';

const at = { file: 'pkgr.yml', line: 7, column: 5 };

/** How a step that printed these lines is told to people. */
function told(log: readonly string[], where: FailurePlace = { at, units: ['xmlsec'] }, error = '') {
  const diagnostic = describeFailure(
    { kind: 'step-failed', stage: 'libs-1', step: 'RUN python3 x', exitCode: 3, error, log },
    where,
  );
  expect(Object.keys(diagnosticCodes)).toContain(diagnostic.code);
  return formatDiagnostic(diagnostic);
}

describe('what a program of pkgr says inside the build', () => {
  test('is the message itself, with the unit and its place', () => {
    expect(
      told(['pkgr: libs: /usr/lib64/libnone*.so matches no file in the image']),
    ).toMatchInlineSnapshot(`
        "pkgr.yml:7:5: error: xmlsec: /usr/lib64/libnone*.so matches no file in the image [library-not-found]
          hint: name the OS package that has it under packages, or drop the line; where it lies differs between distributions: /usr/lib64 or /usr/lib/x86_64-linux-gnu"
      `);
  });

  test('is told whole when it is several lines, and without the log around it', () => {
    const log = [
      'E: Unable to locate package libnope-dev',
      'pkgr: packages: libnope-dev: not found by apt-get',
      'pkgr: packages: gccc: not found by apt-get',
    ];
    expect(told(log, { at, units: ['a', 'b', 'c', 'd'] })).toMatchInlineSnapshot(`
      "pkgr.yml:7:5: error: a, b, c and 1 more: libnope-dev: not found by apt-get [os-package-not-found]
        | gccc: not found by apt-get
        hint: check the name, which differs between distributions: a list for each package manager is written packages: {apt-get: [libpq-dev], dnf: [libpq-devel]}"
    `);
  });

  test.each([
    [
      'packages',
      'the image has no package manager pkgr knows (apt-get, dnf, microdnf, yum, apk)',
      /\[no-package-manager\]\n {2}hint: .*dockerfile:/,
    ],
    [
      'packages',
      'the image has apk, but packages are given only for: dnf yum',
      /\[os-package-not-found\]\n {2}hint: add a list/,
    ],
    [
      'install',
      'the runtime is python3.11 but /usr/bin/python3 is Python 3.13: choose an image that has python3.11',
      /is Python 3\.13.*\[wrong-python\]\n {2}hint: change runtime or image/,
    ],
    [
      'install',
      '/usr/bin/python3 (Python 3.11) has no pip: choose an image that has it, or install it there',
      /has no pip.*\[wrong-python\]/,
    ],
    [
      'libs',
      '/a/x.so and /b/x.so would both be lib/x.so, and they differ',
      /\[library-not-found\]\n {2}hint: name one of them only/,
    ],
    [
      'pack',
      'requests is a file in the libraries and a folder in the packages: rename one, or exclude it',
      /xmlsec: requests is a file in the libraries .*\[step-failed\]$/,
    ],
  ])('about %s, "%s", is told as what it is', (subject, text, expected) => {
    expect(told([`pkgr: ${subject}: ${text}`])).toMatch(expected);
  });

  test('is only what is on a line of its own, and no warning', () => {
    expect(ownWords(['x pkgr: libs: a', 'pkgr: install: warning: b', 'pkgr: pack:', ''])).toEqual(
      [],
    );
  });

  test('tells which value of the manifest it blames', () => {
    const value = (line: string) => ownWords([line])[0]?.value;
    expect(value('pkgr: packages: libpq-dev=1.2: not found by apt-get')).toBe('libpq-dev=1.2');
    expect(value("pkgr: libs: /a b's/*.so matches no file in the image")).toBe("/a b's/*.so");
    expect(value('pkgr: bins: / matches the whole image')).toBe('/');
    expect(value('pkgr: install: x matches no file in the image')).toBeUndefined();
    expect(value('pkgr: packages: the image has no package manager')).toBeUndefined();
  });

  test('has a known code whatever it is', () => {
    expect(kindOfWords({ subject: 'deflate', text: 'anything' })).toEqual({ code: 'step-failed' });
  });
});

describe('an image in which nothing of pkgr can run', () => {
  const where = { at, units: ['hello'], image: 'alpine:3' };

  test.each([
    ['dash', '/bin/sh: 1: python3: not found'],
    ['bash', '/bin/sh: line 1: python3: command not found'],
    ['busybox', '/bin/sh: python3: not found'],
  ])('because it has no Python is told so, in the words of %s', (_, line) => {
    expect(told([line], where)).toMatch(
      /^pkgr\.yml:7:5: error: The image alpine:3 of hello has no python3 \[wrong-python\]\n {2}hint: choose an image/,
    );
  });

  test('because it has no shell is told so', () => {
    const line =
      'runc run failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or directory';
    expect(told([line], where)).toMatch(
      /The image alpine:3 of hello has no shell \[wrong-python\]/,
    );
  });

  test('is not blamed when a program that pip runs is missing', () => {
    expect(told(['/bin/sh: 1: pg_config: not found'], where)).toMatch(/\[step-failed\]/);
    expect(told(['ModuleNotFoundError: python3: not found'], where)).not.toMatch(
      /has no python3 \[/,
    );
  });
});
