import { describe, expect, it } from 'vitest';
import { documentOf, toldOfText } from './read-text.js';

/** line:column of a value and of its key. */
function places(text: string, path: readonly (string | number)[]): readonly string[] {
  const document = documentOf(text);
  return [document.locate(path), document.locateKey(path)].map((at) => `${at.line}:${at.column}`);
}

describe('the place of a value', () => {
  it('is where its text begins, inside the quotes', () => {
    expect(places('a:\n  - b: "x"\n', ['a', 0, 'b'])).toEqual(['2:9', '2:5']);
  });

  it('counts lines by LF, CR LF and CR, and columns in UTF-16 units', () => {
    expect(places('a: 1\r\nb: 2\rc: 3\n"😀": {d: 4}', ['😀', 'd'])).toEqual(['4:11', '4:8']);
  });

  it('is that of its key when it is empty', () => {
    expect(places('a: 1\nb:\n', ['b'])).toEqual(['2:1', '2:1']);
  });

  it('is that of the innermost thing there is when the path leads nowhere', () => {
    expect(places('a:\n  b: 1\n', ['a', 'c', 'd'])).toEqual(['2:3', '1:1']);
    expect(places('a:\n  - 1\n', ['a', 7])).toEqual(['2:3', '1:1']);
  });

  it('is not moved by a byte order mark', () => {
    expect(places('\ufeffa: 1', ['a'])).toEqual(['1:4', '1:1']);
  });
});

describe('a key that is written twice', () => {
  it('is told each time, with the line of the first', () => {
    expect(toldOfText('a: 1\nb: {c: 1, c: 2}\na: 2\n"a": 3\n')).toEqual([
      'pkgr.yml:2:11: error: the key "c" is already on line 2 [duplicate-key]',
      '  hint: remove one of the two, or put what they say under one key',
      'pkgr.yml:3:1: error: the key "a" is already on line 1 [duplicate-key]',
      '  hint: remove one of the two, or put what they say under one key',
      'pkgr.yml:4:2: error: the key "a" is already on line 1 [duplicate-key]',
      '  hint: remove one of the two, or put what they say under one key',
    ]);
  });

  it('is told how to merge when it is <<', () => {
    expect(toldOfText('a: &a {}\nb:\n  <<: *a\n  <<: *a\n')).toEqual([
      'pkgr.yml:4:3: error: the key "<<" is already on line 3 [duplicate-key]',
      '  hint: merge several mappings at once: <<: [*one, *two]',
    ]);
  });
});

describe('a key that cannot be one', () => {
  it('is refused when it is a list or a mapping', () => {
    expect(toldOfText('? [a]\n: 1\n')).toEqual([
      'pkgr.yml:1:3: error: a list or a mapping cannot be a key [invalid-yaml]',
      '  hint: write the key as plain text',
    ]);
  });

  it('is refused when JavaScript has another use for it', () => {
    expect(toldOfText('__proto__: {polluted: true}\n')).toEqual([
      'pkgr.yml:1:1: error: __proto__ cannot be used as a key [invalid-yaml]',
      '  hint: choose another name',
    ]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('a file that is no YAML', () => {
  it('is told at the place where the parser stopped', () => {
    expect(toldOfText('a:\n  b: 1\n c: 2\n')).toEqual([
      'pkgr.yml:3:2: error: this is not valid YAML: bad indentation of a mapping entry [invalid-yaml]',
      '  hint: check the indentation, the quotes and the brackets up to this place',
    ]);
  });

  it('is told about the mistakes that people make most', () => {
    const hints = ['a:\n\tb: 1\n', 'a: @b\n', 'a: b: c\n'].map((text) => toldOfText(text)[1]);
    expect(hints).toEqual([
      '  hint: indent with blanks: YAML allows no tabs there',
      '  hint: a value that begins with @, ` or % needs quotes',
      '  hint: a value with a colon and a blank in it needs quotes',
    ]);
  });

  it('is refused where an escape stands for no character', () => {
    const hint = '  hint: use single quotes, in which a backslash is only a backslash';
    for (const half of ['\\ud800', '\\U00110000']) {
      expect(toldOfText(`a: "${half}"`)).toEqual([
        'pkgr.yml:1:5: error: this text has an escape that stands for no character [invalid-yaml]',
        hint,
      ]);
    }
  });

  it('is refused when it has several documents', () => {
    expect(toldOfText('a: 1\n---\nb: 2\n')).toEqual([
      'pkgr.yml:2:1: error: a second YAML document begins here, and a manifest is a single one [invalid-yaml]',
      '  hint: remove the line --- and what does not belong to the manifest',
    ]);
    expect(documentOf('---\na: 1\n...\n').value).toEqual({ a: 1 });
  });

  it('is refused when it is not UTF-8, at the first byte that is not', () => {
    const latin1 = Buffer.from('a: 1\nb: caf\u00e9\n', 'latin1');
    expect(toldOfText(latin1)).toEqual([
      'pkgr.yml:2:7: error: pkgr.yml is not UTF-8 text [manifest-unreadable]',
      '  hint: save the file in the encoding UTF-8',
    ]);
    expect(toldOfText(Buffer.from('\ufeffa: 1', 'utf16le'))[0]).toContain('pkgr.yml:1:1: error');
  });

  it('is refused when no person can have written as much', () => {
    expect(toldOfText(new Uint8Array(5_000_000))).toEqual([
      'error: pkgr.yml has 5000000 bytes, more than the 4194304 that pkgr reads [manifest-unreadable]',
      '  hint: check that this is the manifest; -m FILE chooses another',
    ]);
  });

  it('is refused when it nests without end, and is not kept waiting for', () => {
    expect(toldOfText('['.repeat(100_000))[0]).toContain('[invalid-yaml]');
  });
});
