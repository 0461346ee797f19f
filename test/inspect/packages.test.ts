import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPackages } from '../../src/inspect/index.js';
import { readRecord } from '../../src/inspect/packages/record.js';
import { type MadeEntry, zipBytes } from '../zip/make-zip.js';
import { opened, refusal } from '../zip/opened.js';

function contents(entries: readonly MadeEntry[]) {
  const { packages, rest } = readPackages(opened(zipBytes(entries)));
  return {
    packages: Object.fromEntries(
      packages.map((each) => [`${each.key} ${each.version}`, each.entries.map(({ path }) => path)]),
    ),
    rest: rest.map(({ path }) => path),
    all: packages,
  };
}

/** An installed package, as an installer leaves it below a folder. */
function installed(name: string, paths: readonly string[], below = ''): readonly MadeEntry[] {
  const folder = `${below}${name}-1.0.dist-info`;
  const record = [`${name}-1.0.dist-info/RECORD`, `${name}-1.0.dist-info/METADATA`, ...paths];
  return [
    { name: `${folder}/METADATA`, content: `Name: ${name}\nVersion: 1.0\n\n# ${name}\n` },
    { name: `${folder}/RECORD`, content: record.map((path) => `${path},,\r\n`).join('') },
    ...paths
      .filter((path) => !path.startsWith('..'))
      .map((path) => ({ name: below + path, content: path })),
  ];
}

describe('whose a file is', () => {
  test('says RECORD, at the root of a function and in python/ of a layer', () => {
    const own = { name: 'app.py', content: 'x' };
    for (const below of ['', 'python/', 'python/lib/python3.13/site-packages/']) {
      const { packages, rest } = contents([...installed('six', ['six.py'], below), own]);
      expect(packages).toEqual({
        'six 1.0': [
          `${below}six-1.0.dist-info/METADATA`,
          `${below}six-1.0.dist-info/RECORD`,
          `${below}six.py`,
        ],
      });
      expect(rest).toEqual(['app.py']);
    }
  });

  test('says RECORD also of scripts, of quoted names and of metadata it forgets', () => {
    const { packages } = contents([
      ...installed('f2py', ['../../bin/f2py', '"a,""b"".py"']).slice(0, 2),
      { name: 'bin/f2py', content: 'x' },
      { name: 'a,"b".py', content: 'x' },
      { name: 'f2py-1.0.dist-info/licenses/LICENSE', content: 'x' },
    ]);
    expect(packages['f2py 1.0']).toContain('bin/f2py');
    expect(packages['f2py 1.0']).toContain('a,"b".py');
    expect(packages['f2py 1.0']).toContain('f2py-1.0.dist-info/licenses/LICENSE');
  });

  test('says the source of bytecode, also where only the bytecode is left', () => {
    const { rest } = contents([
      ...installed('six', ['six.py', 'a/b.py']).slice(0, 2),
      { name: '__pycache__/six.cpython-313.pyc', content: 'x' },
      { name: 'a/__pycache__/b.cpython-313.opt-1.pyc', content: 'x' },
      { name: 'six.pyc', content: 'x' },
      { name: 'a/b.pyc', content: 'x' },
      { name: 'a/__pycache__/c.cpython-313.pyc', content: 'x' },
    ]);
    expect(rest).toEqual(['a/__pycache__/c.cpython-313.pyc']);
  });

  test('entries for folders go with what is in them', () => {
    const { packages, rest } = contents([
      { name: 'six/', mode: 0o040755 },
      { name: 'empty/', mode: 0o040755 },
      ...installed('six', ['six/a.py']),
    ]);
    expect(packages['six 1.0']).toContain('six');
    expect(rest).toEqual(['empty']);
  });

  test('a package that another one brings along is a part of it', () => {
    const vendored = installed('toml', ['toml.py'], 'setuptools/_vendor/');
    const paths = vendored.map(({ name }) => String(name));
    const { packages } = contents([...vendored, ...installed('setuptools', paths).slice(0, 2)]);
    expect(Object.keys(packages)).toEqual(['setuptools 1.0']);
    expect(packages['setuptools 1.0']).toContain('setuptools/_vendor/toml.py');
  });

  test('of two that list a file, the first by path has it; a file of another size is told', () => {
    const { packages, all } = contents([
      ...installed('a', ['shared.py']),
      ...installed('b', ['shared.py']).slice(0, 2),
      { name: 'c-1.dist-info/RECORD', content: 'c.py,sha256=x,999\n' },
      { name: 'c.py', content: 'mine' },
    ]);
    expect(packages['a 1.0']).toContain('shared.py');
    expect(packages['b 1.0']).not.toContain('shared.py');
    expect(all.map(({ replaced }) => replaced.map(({ path }) => path))).toEqual([[], [], ['c.py']]);
  });
});

describe('what metadata tell', () => {
  const folder = 'requests-2.dist-info';
  const metadata = `Metadata-Version: 2.4
Name: Requests
Version: 2.34.2
Summary: HTTP for
        people
Project-URL: Source, https://github.com/psf/requests
Author: someone
License-Expression: Apache-2.0
Classifier: License :: OSI Approved :: Apache Software License
Classifier: Programming Language :: Python
Requires-Dist: urllib3 <3,>=1.26
Requires-Dist: PySocks ; extra == 'socks'
Provides-Extra: socks

Name: not this one
`;

  test('of a dist-info', () => {
    const { all } = contents([
      { name: `${folder}/METADATA`, content: metadata.replaceAll('\n', '\r\n') },
      { name: `${folder}/WHEEL`, content: 'Wheel-Version: 1.0\nTag: py3-none-any\n' },
      { name: `${folder}/REQUESTED` },
      { name: `${folder}/licenses/LICENSE`, content: 'x' },
    ]);
    expect(all).toMatchObject([
      {
        name: 'Requests',
        key: 'requests',
        version: '2.34.2',
        summary: 'HTTP for\npeople',
        homePage: 'https://github.com/psf/requests',
        author: 'someone',
        requires: ['urllib3 <3,>=1.26', "PySocks ; extra == 'socks'"],
        extras: ['socks'],
        tags: ['py3-none-any'],
        requested: true,
        licence: {
          expression: 'Apache-2.0',
          classifiers: ['License :: OSI Approved :: Apache Software License'],
          files: [`${folder}/licenses/LICENSE`],
        },
      },
    ]);
  });

  test('of the egg-info of an old install, with and without its list of files', () => {
    const egg = 'python/six_x-1.0-py3.6.egg-info';
    const installed = [
      { name: `${egg}/PKG-INFO`, content: 'Name: six-x\nVersion: 1.0\nLicense: MIT\n' },
      { name: `${egg}/installed-files.txt`, content: '../six_x.py\nPKG-INFO\n' },
      { name: `${egg}/requires.txt`, content: 'a>1\n\n[:python_version<"3"]\nb\n\n[x]\nc\n' },
      { name: 'python/six_x.py', content: 'x' },
      { name: 'python/old.py', content: 'x' },
      { name: 'python/Old-2-py3.6.egg-info/top_level.txt', content: 'old\n' },
    ];
    const { packages, all, rest } = contents(installed);
    expect(packages['six-x 1.0']).toContain('python/six_x.py');
    expect(packages['old 2']).toContain('python/old.py');
    expect(rest).toEqual([]);
    const { requires, licence } = all.find(({ key }) => key === 'six-x') ?? {};
    expect(requires).toEqual(['a>1', 'b ; (python_version<"3")', 'c ; extra == "x"']);
    expect(licence?.text).toBe('MIT');
  });

  test('of a folder that says nothing is its name', () => {
    const { packages } = contents([{ name: 'a_b-3.1.dist-info/METADATA', content: '\n' }]);
    expect(Object.keys(packages)).toEqual(['a-b 3.1']);
  });
});

test('metadata beyond all measure are refused before they are inflated', () => {
  const zip = opened(
    zipBytes([{ name: 'a-1.dist-info/METADATA', content: Buffer.alloc(33 << 20, 'x') }]),
  );
  expect(refusal(() => readPackages(zip))).toContain('[zip-bomb]');
});

test('any text is read as a RECORD, and never leads out', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'a/.,"\n\r ') }), (text) => {
      for (const { path } of readRecord(text)) {
        expect(path.split('/')).not.toContain('..');
        expect(path.startsWith('/')).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});
