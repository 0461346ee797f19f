import { describe, expect, it } from 'vitest';
import { parseRequirements } from '../../../src/project/requirements/index.js';
import { variable } from './temporary-project.js';

/** `line:column kind value` of every line that pip acts on. */
function read(text: string): readonly string[] {
  return parseRequirements(text).map((line) => {
    const place = `${line.line}:${line.column}`;
    switch (line.kind) {
      case 'include':
        return `${place} ${line.role} ${line.value}`;
      case 'option':
        return `${place} ${line.option} ${line.value}`.trim();
      case 'invalid':
        return `${place} invalid ${line.problem}${line.hint === undefined ? '' : `; ${line.hint}`}`;
      case 'credentials':
        return `${place} credentials ${line.host}`;
      default:
        return `${place} ${line.kind} ${line.value}`;
    }
  });
}

describe('lines', () => {
  it('are joined where they end in a backslash, and keep the places of their parts', () => {
    expect(read('requests \\\n  ==2.31\n-r \\\n    nested.txt\n')).toEqual([
      '1:1 requirement requests   ==2.31',
      '4:5 requirements nested.txt',
    ]);
  });

  it('lose comments that start the line or follow a blank, and no others', () => {
    expect(read('# one\na # two\nb#c\n  \t# three\n./x#egg=y #z')).toEqual([
      '2:1 requirement a',
      '3:1 requirement b#c',
      '5:1 requirement ./x#egg=y',
    ]);
  });

  it('end a continuation at a comment, which continues nothing itself', () => {
    expect(read('a \\\n# comment \\\nb')).toEqual(['1:1 requirement a', '3:1 requirement b']);
  });

  it('swallow the next line when a backslash ends a comment behind a requirement', () => {
    expect(read('a # comment \\\nb\nc')).toEqual(['1:1 requirement a', '3:1 requirement c']);
  });

  it('end at every line end of Python, but are counted as editors count', () => {
    expect(read('a\r\nb\rc\u2028  d\f-r e')).toEqual([
      '1:1 requirement a',
      '2:1 requirement b',
      '3:1 requirement c',
      '3:5 requirement d',
      '3:10 requirements e',
    ]);
  });

  it('keep environment variables as they are written', () => {
    const text = `-r ${variable('WHERE')}/a.txt\npackage==${variable('VERSION')}`;
    expect(read(text)).toEqual([
      `1:4 requirements ${variable('WHERE')}/a.txt`,
      `2:1 requirement package==${variable('VERSION')}`,
    ]);
  });
});

describe('options', () => {
  it.each([
    ['-r a.txt', ['1:4 requirements a.txt']],
    ['-ra.txt', ['1:3 requirements a.txt']],
    ['--requirement a.txt', ['1:15 requirements a.txt']],
    ['--requirement=a.txt', ['1:15 requirements a.txt']],
    ['--requirem "a b.txt"', ['1:12 requirements a b.txt']],
    ['-c "a"\'b\'\\ c', ['1:4 constraints ab c']],
    ['-r one -r two -c three', ['1:4 requirements one']],
    ['-c one -r two', ['1:11 requirements two']],
    ['-e ./lib', ['1:4 editable ./lib']],
    ['-e ./a -e ./b -r c', ['1:4 editable ./a']],
    ['-e ./lib ; python_version > "3"', ['1:4 editable ./lib']],
    ['  --editable=.[extra]', ['1:14 editable .[extra]']],
    ['requests -r a.txt', ['1:1 requirement requests']],
    ['requests --hash=sha256:ab --hash sha512:cd', ['1:1 requirement requests']],
    ['requests -C a=b --global-option="--x y"', ['1:1 requirement requests']],
    ['-i https://example.org/simple', ['1:4 --index-url https://example.org/simple']],
    ['--pypi-url x', ['1:12 --index-url x']],
    ['-f one -f two --no-index', ['1:4 --find-links one', '1:15 --no-index']],
    ['--no-binary lxml,xmlsec', ['1:13 --no-binary lxml,xmlsec']],
    ['--only-binary :all: --prefer-binary', ['1:15 --only-binary :all:', '1:21 --prefer-binary']],
    ['--pre', ['1:1 --pre']],
    ['--require-hashes', ['1:1 --require-hashes']],
    ['--trusted-host example.org:8080', ['1:16 --trusted-host example.org:8080']],
    ['--use-feature=fast-deps', ['1:15 --use-feature fast-deps']],
    ['- -r a', ['1:6 requirements a']],
    ['-- -r a', []],
    ['-r a b', ['1:4 requirements a']],
  ])('of %j are read as pip reads them', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    [
      '--requirment a',
      '1:1 invalid "--requirment" is no option of a requirements file; did you mean --requirement?',
    ],
    ['-x', '1:1 invalid "-x" is no option of a requirements file'],
    [
      'a --upgrade',
      '1:3 invalid "--upgrade" is no option of a requirements file; it belongs to the command line of pip; remove it here',
    ],
    [
      '--require a',
      '1:1 invalid --require may mean --requirement or --require-hashes; write the option out',
    ],
    ['-r', '1:1 invalid -r needs a value'],
    ['-r ""', '1:4 invalid --requirement names nothing'],
    ['--no-index=yes', '1:1 invalid --no-index takes no value'],
    ['a --hash=md5:ab', '1:10 invalid --hash takes sha256:, sha384: or sha512: and the digest'],
    ['a --config-settings b', '1:21 invalid --config-settings takes KEY=VALUE'],
    ['-r "a.txt', '1:4 invalid the quotation mark in "-r "a.txt" is not closed'],
    ['-r a\\', '1:4 requirements a'],
  ])('of %j that pip refuses are refused', (text, expected) => {
    expect(read(text)).toEqual([expected]);
  });
});

describe('credentials', () => {
  it.each([
    ['-i https://user:secret@example.org/simple', '1:4 credentials example.org'],
    ['a @ git+https://user:sec@ret@example.org/a.git', '1:5 credentials example.org'],
    ['-e git+https://ghp_secret@example.org/a.git#egg=a', '1:4 credentials example.org'],
    ['https://user:sec/ret@example.org/a.zip', '1:1 credentials example.org'],
  ])('in %j are found', (text, expected) => {
    expect(read(text)[0]).toBe(expected);
  });

  it.each([
    'git+ssh://git@example.org/a.git',
    'https://example.org:8080/a@1.zip',
    'git+https://example.org/a.git@main',
    `https://${variable('USER')}:${variable('TOKEN')}@example.org/a.zip`,
  ])('are not seen in %j', (text) => {
    expect(read(text)).toEqual([`1:1 requirement ${text}`]);
  });
});
