import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InstalledPackage } from '../../src/inspect/index.js';
import { markerValues, reasonsOf } from '../../src/inspect/requirements/index.js';
import { mayHold } from '../../src/inspect/requirements/marker.js';
import { parseRequirement } from '../../src/inspect/requirements/requirement.js';

const lambda = markerValues({ python: '3.12', machine: 'aarch64' });

/** Packages by name, each with its Requires-Dist. */
function packages(requires: Readonly<Record<string, readonly string[]>>) {
  return Object.entries(requires).map(
    ([name, lines]): InstalledPackage => ({
      name,
      key: name.toLowerCase(),
      version: '1',
      metadataFolder: `${name}-1.dist-info`,
      entries: [],
      replaced: [],
      requires: lines,
      extras: [],
      tags: [],
      requested: false,
      licence: { classifiers: [], files: [] },
    }),
  );
}

/** Each package with its ways, as `2: six -> a` with the number of the line. */
function ways(
  installed: readonly InstalledPackage[],
  lines?: readonly (string | { text: string; name: string })[],
) {
  const asked = lines?.map((line, index) => ({
    ...(typeof line === 'string' ? { text: line } : line),
    at: { file: 'requirements.txt', line: index + 1, column: 1 },
  }));
  const reasons = reasonsOf(installed, asked, lambda);
  return Object.fromEntries(
    installed.map((each) => [
      each.name,
      (reasons.get(each) ?? []).map(
        ({ line, path }) => `${line ? `${line.at.line}: ` : ''}${path.join(' -> ')}`,
      ),
    ]),
  );
}

describe('why a package is there', () => {
  test('is the way from each of the user’s lines, the shortest first', () => {
    const installed = packages({
      pandas: ['numpy>=1.26', 'python-dateutil (>=2.8)'],
      numpy: [],
      'python-dateutil': ['six>=1.5'],
      six: [],
      alone: [],
    });
    expect(ways(installed, ['pandas==2', 'six'])).toEqual({
      pandas: ['1: pandas'],
      numpy: ['1: pandas -> numpy'],
      'python-dateutil': ['1: pandas -> python-dateutil'],
      six: ['2: six', '1: pandas -> python-dateutil -> six'],
      alone: [],
    });
  });

  test('follows markers of the runtime and the processor, and extras that are asked for', () => {
    const installed = packages({
      requests: ['PySocks!=1.5 ; extra == "socks"', 'old ; python_version < "3.12"'],
      PySocks: [],
      old: [],
      arm: [],
      app: ['requests[socks]', 'arm ; platform_machine == "aarch64"', 'old; sys_platform=="win32"'],
    });
    expect(ways(installed, ['app'])).toMatchObject({
      PySocks: ['1: app -> requests -> PySocks'],
      arm: ['1: app -> arm'],
      old: [],
    });
    expect(ways(installed, ['requests'])).toMatchObject({ PySocks: [], app: [] });
    expect(ways(installed, ['Requests[SOCKS] ; python_version == "3.12"'])).toMatchObject({
      PySocks: ['1: requests -> PySocks'],
    });
    expect(ways(installed, ['requests ; python_version < "3"'])).toMatchObject({ requests: [] });
  });

  test('ends in circles', () => {
    expect(ways(packages({ a: ['b'], b: ['a'] }), ['a'])).toEqual({
      a: ['1: a'],
      b: ['1: a -> b'],
    });
  });

  test('knows the package of a path by what the build noted, its folder, or as the only one left', () => {
    const installed = packages({ shared: ['six'], six: [], other: [] });
    expect(ways(installed, ['./libs/shared', 'other'])).toMatchObject({ shared: ['1: shared'] });
    expect(ways(installed, [{ text: './libs/x', name: 'Shared' }, './libs/y'])).toMatchObject({
      shared: ['1: shared'],
      six: ['1: shared -> six'],
      other: ['2: other'],
    });
    expect(ways(installed, ['./x', './y'])).toMatchObject({ shared: [], other: [] });
  });

  test('begins, without a project, at what was asked for by name or nothing else needs', () => {
    const installed = packages({ pandas: ['numpy'], numpy: [], six: [] });
    expect(ways(installed)).toEqual({
      pandas: ['pandas'],
      numpy: ['pandas -> numpy'],
      six: ['six'],
    });
    const [pandas, numpy, six] = installed;
    if (!pandas || !numpy || !six) throw new Error('packages are missing');
    const requested = [pandas, { ...numpy, requested: true }, six];
    expect(ways(requested)).toEqual({ pandas: [], numpy: ['numpy'], six: [] });
  });
});

describe('a marker', () => {
  test.each([
    ['python_version >= "3.9"', true],
    ['python_version<"3.9"', false],
    ['"3.9" <= python_version', true],
    ['python_version == "3.*"', true],
    ['python_version ~= "3.10"', true],
    ['python_version in "2.7, 3.12"', true],
    ['python_version not in "3.11 3.12"', false],
    ['python_full_version < "3.12.0a1"', false],
    ['python_full_version >= "3.13.0rc2"', false],
    ['os_name == "nt" or os.name == "posix"', true],
    ['(os_name == "nt" or sys_platform == "linux") and platform_system != "Linux"', false],
    ['platform_machine in "x86_64 AMD64"', false],
    ["implementation_name == 'pypy'", false],
    // What is not known is not passed over.
    ['platform_release >= "5"', true],
    ['platform_release >= "5" and os_name == "nt"', false],
    ['extra == "tests"', false],
    ['no marker at all', true],
    ['os_name ==', true],
    [`${'('.repeat(10_000)}os_name == "nt"`, true],
  ])('%s', (marker, holds) => {
    expect(mayHold(marker, lambda)).toBe(holds);
  });

  test('of a zip of which nothing is known excludes only what no Lambda is', () => {
    const nothing = markerValues({});
    expect(mayHold('python_version < "3"', nothing)).toBe(true);
    expect(mayHold('sys_platform == "win32"', nothing)).toBe(false);
  });
});

describe('a requirement', () => {
  test.each([
    ['Foo.Bar_baz >=1,<2 ; os_name == "nt"', 'foo-bar-baz', [], 'os_name == "nt"'],
    ['a[x, Y_z]==1', 'a', ['x', 'y-z'], ''],
    ['a @ https://e.org/b-1.0.tar.gz#sha256=0 ; os_name == "nt"', 'a', [], 'os_name == "nt"'],
    ['./wheels/six_x-1.17-py3-none-any.whl', 'six-x', [], ''],
    ['https://e.org/six-1.17.0.tar.gz#sha256=x', 'six', [], ''],
    ['git+https://e.org/x.git@main#egg=six&subdirectory=a', 'six', [], ''],
  ])('%s', (text, key, extras, marker) => {
    expect(parseRequirement(text)).toEqual({ key, extras, marker });
  });

  test.each([
    './libs/shared',
    '../x',
    '/abs/x',
    'libs/shared',
    'git+ssh://git@e.org/x.git',
    '',
    ';',
  ])('that tells no name: %s', (text) => expect(parseRequirement(text)).toBeUndefined());
});

test('any text is read as a requirement and as a marker without harm', () => {
  const unit = fc.constantFrom(...'a1.-_[],;@#=<>~!()"\'/ \n', 'extra', ' and ', ' or ', ' in ');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
      const parsed = parseRequirement(text);
      expect(typeof mayHold(parsed?.marker ?? text, lambda)).toBe('boolean');
    }),
    { numRuns: 1000 },
  );
  for (const part of ['[', '(', 'a-1', ' ;', '#egg=a', '"', 'a or ']) {
    expect(parseRequirement(part.repeat(100_000))).toBeUndefined();
  }
});
