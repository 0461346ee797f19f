import { describe, expect, it } from 'vitest';
import { follow, line, temporaryProject, toldOf } from './temporary-project.js';

describe('a line that pip refuses', () => {
  it.each([
    [
      'six=1.0',
      [
        '1:1: error: "six=1.0" is no requirement: "=1.0" is not understood',
        'write == for one version',
      ],
    ],
    ['six 1.0', ['1:1: error: "six 1.0" is no requirement: "1.0" is not understood']],
    ['six==', ['1:1: error: "six==" has no version after ==']],
    [
      'six; python_versoin>"3"',
      [
        '1:1: error: "python_versoin" is no variable of environment markers',
        'did you mean python_version?',
      ],
    ],
    ['six; python_version>', ['1:1: error: "python_version>" is no environment marker']],
    [
      'a @ ./lib',
      [
        '1:1: error: "./lib" is no URL, and @ takes only URLs',
        'write "./lib" alone, without a name and @',
      ],
    ],
    [
      './a.whl',
      [
        '1:1: error: "a.whl" is no name of a wheel',
        'a wheel is called NAME-VERSION-PYTHON-ABI-PLATFORM.whl; keep the name it was built with',
      ],
    ],
    [
      './common.txt',
      [
        '1:1: error: "./common.txt" is a file, but neither a wheel nor an archive',
        'to install what a requirements file lists, write -r before its path',
      ],
    ],
    [
      './empty',
      [
        '1:1: error: the folder "./empty" has neither pyproject.toml nor setup.py, so pip cannot install it',
      ],
    ],
    [
      'ssh://git@example.org/a',
      ['1:1: error: pip has no URLs of the kind "ssh:"', 'write git+ before the URL'],
    ],
    [
      'git@example.org:a/b',
      [
        '1:1: error: "git@example.org:a/b" is no URL that pip reads',
        'write "git+ssh://git@example.org/a/b"',
      ],
    ],
    [
      '-e git+https://example.org/a',
      [
        '1:4: error: -e "git+https://example.org/a" does not tell the package\'s name',
        'add #egg=NAME at its end',
      ],
    ],
    [
      '-e https://example.org/a.zip',
      [
        '1:4: error: -e "https://example.org/a.zip" is neither a project folder nor a repository',
        'remove -e to install an archive, or write git+ before the URL of a repository',
      ],
    ],
    [
      'six --hsah=sha256:ab',
      ['1:5: error: "--hsah" is no option of a requirements file', 'did you mean --hash?'],
    ],
    [
      'file://lib/a',
      [
        '1:1: error: "file://lib/a" names the host "lib", which file: URLs do not have',
        'write the path alone, such as ./vendor/package.whl',
      ],
    ],
  ])('such as %j is refused', async (text, [message, hint]) => {
    const told = await toldOf(text, { 'a.whl': '', 'common.txt': '', 'empty/': '' });
    const expected = `here:${message} [invalid-requirement]`;
    expect(told).toBe(hint === undefined ? expected : `${expected}\n  hint: ${hint}`);
  });

  it('hides no other: all are told at once, those of nested files in their place', async () => {
    const files = { 'functions/a/nested.txt': '# nothing\n-q\n' };
    expect(await toldOf('--bad\n-r nested.txt\n./none.zip\n', files)).toBe(
      [
        'here:1:1: error: "--bad" is no option of a requirements file [invalid-requirement]',
        'here:3:1: error: the package "./none.zip" does not exist [missing-file]',
        'functions/a/nested.txt:2:1: error: "-q" is no option of a requirements file [invalid-requirement]',
        '  hint: it belongs to the command line of pip; remove it here',
      ].join('\n'),
    );
  });

  it('is told a hundred times for one file, not a million times', async () => {
    const told = await toldOf('--bad\n'.repeat(100_000));
    expect(told.split('\n')).toHaveLength(100);
  });

  it('in the manifest must not end early, nor run into the next', async () => {
    const root = temporaryProject({});
    for (const text of ['six\n--bad', 'six \\', 'six\u2028x']) {
      expect((await follow(root, line(text))).told).toBe(
        [
          'pkgr.yml:4:9: error: a requirement in the manifest is one whole line, this is not [invalid-requirement]',
          '  hint: make each an item of the list, without a backslash or a line break',
        ].join('\n'),
      );
    }
  });
});

describe('a file of the wrong kind', () => {
  it('is told where a folder is needed, and the reverse', async () => {
    expect(await toldOf('-r ../b\n-e ./file\n', { 'functions/b/': '', file: '' })).toBe(
      [
        'here:1:4: error: "../b" is a folder, where a requirements file is needed [not-a-directory]',
        'here:2:4: error: "./file" is a file, where a project folder is needed [not-a-directory]',
      ].join('\n'),
    );
  });

  it('such as one of more than 5 MB is not read', async () => {
    expect(await toldOf('#'.repeat(5_000_001))).toBe(
      [
        'here:1:1: error: the file has 5.0 MB; requirements files over 5 MB are not read [invalid-requirement]',
        '  hint: is it another kind of file?',
      ].join('\n'),
    );
  });

  it('such as one of another encoding is told with the line that is not UTF-8', async () => {
    const hint =
      '  hint: save it as UTF-8, or name its encoding in the first line: # -*- coding: latin-1 -*-';
    expect(await toldOf(Buffer.from('six\n# caf\u00e9\n', 'latin1'))).toBe(
      `here:2:1: error: the file is not UTF-8 [invalid-requirement]\n${hint}`,
    );
    expect(await toldOf('# coding: klingon\nsix')).toBe(
      `here:1:1: error: the file names the encoding "klingon", which is not known [invalid-requirement]\n${hint}`,
    );
    expect(await toldOf('# coding: ascii\nsix # é')).toBe(
      `here:2:1: error: the file says that it is ascii, but is not [invalid-requirement]\n${hint}`,
    );
    expect(await toldOf(Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]))).toBe(
      `here:1:1: error: the file is written in UTF-32, which pip reads by chance only [invalid-requirement]\n${hint}`,
    );
  });
});

describe('what need not stop the build', () => {
  it('is an empty requirements file; an empty constraints file is not even told', async () => {
    const files = { 'functions/a/empty.txt': '', 'functions/a/none.txt': '# none\n' };
    expect(await toldOf('-r none.txt\n-c empty.txt', files)).toBe(
      'functions/a/none.txt:1:1: notice: the requirements file is empty, so nothing is installed from it [empty-requirements]',
    );
  });

  it('is a circle of files, which is told once', async () => {
    const files = {
      'functions/a/b.txt': '-c c.txt',
      'functions/a/c.txt': 'six\n-r requirements.txt',
    };
    expect(await toldOf('-r b.txt\n-r c.txt', files)).toBe(
      [
        'functions/a/c.txt:2:4: warning: "functions/a/requirements.txt" leads back to itself here, which pip refuses [invalid-requirement]',
        '  hint: remove one of the -r or -c lines of the circle',
      ].join('\n'),
    );
  });

  it('is a password in a URL, which is never shown', async () => {
    const hint =
      '  hint: move it to the file that pipconf: names, or to a netrc file, which no image keeps';
    const told = await toldOf(
      [
        '-i https://me:hunter2@pypi.example.org/simple',
        'a @ git+https://me:hunter2@git.example.org/a.git ; bad',
        'b @ https://hunter2.example.org:8080/b.zip',
        '-e git+https://glpat-hunter2@git.example.org/c.git#egg=c',
        '--extra-index-url me:hunter2@example.org/simple',
      ].join('\n'),
    );
    expect(told).toBe(
      [
        'here:1:4: warning: a password or token is written into the URL of pypi.example.org [insecure-credentials]',
        hint,
        'here:2:5: warning: a password or token is written into the URL of git.example.org [insecure-credentials]',
        hint,
        'here:2:1: error: "bad" is no variable of environment markers [invalid-requirement]',
        '  hint: put quotation marks around a value',
        'here:4:4: warning: a password or token is written into the URL of git.example.org [insecure-credentials]',
        hint,
        'here:5:19: warning: the index "****@example.org/simple" is neither a URL nor in the project; pip will ignore it [missing-file]',
      ].join('\n'),
    );
  });
});
