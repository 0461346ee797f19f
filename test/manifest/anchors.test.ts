import { describe, expect, it } from 'vitest';
import { documentOf, toldOfText } from './read-text.js';

/** line:column of a value and of its key. */
function places(text: string, path: readonly (string | number)[]): readonly string[] {
  const document = documentOf(text);
  return [document.locate(path), document.locateKey(path)].map((at) => `${at.line}:${at.column}`);
}

describe('anchors, aliases and merge keys', () => {
  const text = [
    'x: &x',
    '  one: 1',
    '  two: [2, 3]',
    'y: &y {two: 22, three: 33}',
    'merged:',
    '  <<: [*x, *y]',
    '  one: own',
    'alias: *x',
    'list: [*x, 4]',
  ].join('\n');

  it('give the values that they stand for', () => {
    expect(documentOf(text).value).toEqual({
      x: { one: 1, two: [2, 3] },
      y: { two: 22, three: 33 },
      merged: { one: 'own', two: [2, 3], three: 33 },
      alias: { one: 1, two: [2, 3] },
      list: [{ one: 1, two: [2, 3] }, 4],
    });
  });

  it('keep the place where a value is written, because there it can be changed', () => {
    expect(places(text, ['merged', 'two', 1])).toEqual(['3:12', '3:12']);
    expect(places(text, ['merged', 'three'])).toEqual(['4:24', '4:17']);
    expect(places(text, ['merged', 'one'])).toEqual(['7:8', '7:3']);
    expect(places(text, ['alias'])).toEqual(['2:3', '8:1']);
    expect(places(text, ['list', 0, 'one'])).toEqual(['2:8', '2:3']);
  });

  it('stand for a scalar, also as a key', () => {
    expect(documentOf('a: &a b\nc: *a\n*a : d').value).toEqual({ a: 'b', c: 'b', b: 'd' });
  });

  it('are redefined by a later anchor of the same name', () => {
    expect(documentOf('a: &a 1\nb: *a\nc: &a 2\nd: *a').value).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  it('merge mappings only', () => {
    expect(toldOfText('a: &a 5\nb:\n  <<: *a\n')).toEqual([
      'pkgr.yml:1:7: error: only mappings can be merged with << [invalid-yaml]',
      '  hint: write <<: *name, or <<: [*one, *two], where each names a mapping',
    ]);
  });

  it('are no merge when << is in quotes', () => {
    expect(documentOf('"<<": {a: 1}').value).toEqual({ '<<': { a: 1 } });
  });

  it('are refused inside the value that they name', () => {
    expect(toldOfText('a: &a\n  b: *a\n')).toEqual([
      'pkgr.yml:2:6: error: *a stands inside the value that it names [invalid-yaml]',
      '  hint: an alias can only repeat a value that ended before it',
    ]);
  });

  it('are refused when they multiply', () => {
    const levels = 'abcdefghi'.split('');
    const lines = levels.map((name, index) => {
      const before = levels[index - 1];
      const items = Array.from({ length: 9 }, () => (before ? `*${before}` : 'lol'));
      return `${name}: &${name} [${items.join(', ')}]`;
    });
    expect(toldOfText(lines.join('\n'))).toEqual([
      'pkgr.yml:6:32: error: the aliases stand for more than 500000 values [invalid-yaml]',
      '  hint: aliases of aliases multiply: write this part out, or drop some of them',
    ]);
  });

  it('are refused when they nest too deeply', () => {
    const lines = Array.from({ length: 120 }, (_, index) =>
      index === 0 ? 'a0: &a0 [x]' : `a${index}: &a${index} [*a${index - 1}]`,
    );
    expect(toldOfText(lines.join('\n'))).toEqual([
      'pkgr.yml:100:11: error: the aliases nest values more than 100 levels deep [invalid-yaml]',
      '  hint: aliases of aliases multiply: write this part out, or drop some of them',
    ]);
  });
});

describe('text that YAML takes for something else', () => {
  it('is told to be put in quotes when it begins with a star', () => {
    expect(toldOfText('exclude:\n  - *.pyc\n')).toEqual([
      'pkgr.yml:2:5: error: *.pyc is read as a YAML alias, and nothing before it is named &.pyc [invalid-yaml]',
      '  hint: if the text itself is meant, write it in quotes: "*.pyc"',
    ]);
  });

  it('is told to be an alias when there is an anchor of a similar name', () => {
    expect(toldOfText('a: &common {}\nb: *comon\n')).toEqual([
      'pkgr.yml:2:4: error: *comon is read as a YAML alias, and nothing before it is named &comon [invalid-yaml]',
      '  hint: did you mean *common?',
    ]);
  });

  it('is told to be put in quotes when it begins with an exclamation mark', () => {
    expect(toldOfText('exclude: [!keep.py]\n')).toEqual([
      'pkgr.yml:1:11: error: !keep.py is read as a YAML tag, which pkgr does not know [invalid-yaml]',
      '  hint: if the text itself is meant, write it in quotes: "!keep.py"',
    ]);
    expect(toldOfText('a: !Sub [x]\n')[0]).toContain('pkgr.yml:1:4: error: !Sub is read as');
  });

  it('is text when its tag says so', () => {
    expect(documentOf('a: !!str 1\nb: ! 2\nc: !<tag:yaml.org,2002:int> "3"').value).toEqual({
      a: '1',
      b: '2',
      c: 3,
    });
  });

  it('is refused when it is not what its tag promises', () => {
    expect(toldOfText('a: !!int x\n')).toEqual([
      'pkgr.yml:1:10: error: "x" is not what its tag !!int promises [invalid-yaml]',
      '  hint: remove the tag !!int',
    ]);
  });
});
