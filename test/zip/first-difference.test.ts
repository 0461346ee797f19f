import { expect, test } from 'vitest';
import { firstDifference } from '../../src/zip/index.js';
import { link, type MadeEntry, zipBytes } from './make-zip.js';
import { opened } from './opened.js';

const before = { name: 'a.py', content: 'A = 1\n' };
const b = { name: 'b.py', content: 'B = 1\n' };
const c = { name: 'c.py', content: 'C = 1\n' };

function difference(first: readonly MadeEntry[], second: readonly MadeEntry[]) {
  return firstDifference(opened(zipBytes(first)), opened(zipBytes(second)));
}

test('two zips of the same entries do not differ, also when they are compressed in another way', () => {
  const stored = { ...b, method: 0 };
  expect(difference([before, b], [before, b])).toBeUndefined();
  expect(difference([before, b], [before, stored])).toBeUndefined();
});

test.each([
  ['a byte', 'B = 2\n', 4, [6, 6]],
  ['where the shorter one ends', 'B = 1\n# more\n', 6, [6, 13]],
  ['the first byte of all', '', 0, [6, 0]],
])('the content of a file differs from %s on', (_, content, byte, sizes) => {
  expect(difference([before, b, c], [before, { ...b, content }, c])).toEqual({
    first: { kind: 'content', path: 'b.py', byte, sizes },
    others: [],
  });
});

test('a link that leads elsewhere differs as a file does', () => {
  const links = ['a.so.1', 'a.so.2'].map((content) => ({ name: 'a.so', content, mode: link }));
  expect(difference(links.slice(0, 1), links.slice(1))?.first).toMatchObject({
    kind: 'content',
    byte: 5,
  });
});

test.each([
  ['mode', { mode: 0o100755 }, '0644', '0755'],
  ['time', { time: (33 << 16) | 1 }, '1980-00-00 00:00:00', '1980-01-01 00:00:02'],
  ['type', { mode: link }, 'file', 'link'],
])('an entry of another %s differs, of the same content', (kind, change, first, second) => {
  expect(difference([before, b], [before, { ...b, ...change }])).toEqual({
    first: { kind, path: 'b.py', first, second },
    others: [],
  });
});

test('a name that one zip lacks is told of that zip, at the end too', () => {
  const missing = (path: string, missingIn: string) => ({
    first: { kind: 'missing', path, missingIn },
    others: [],
  });
  expect(difference([before, b, c], [before, c])).toEqual(missing('b.py', 'second'));
  expect(difference([before, c], [before, b, c])).toEqual(missing('b.py', 'first'));
  expect(difference([before, b], [before])).toEqual(missing('b.py', 'second'));
  expect(difference([], [before])).toEqual(missing('a.py', 'first'));
});

test('the same entries in another order differ where the first is out of its place', () => {
  expect(difference([before, b, c], [before, c, b])).toEqual({
    first: { kind: 'order', path: 'b.py', instead: 'c.py' },
    others: [],
  });
});

test('bytecode and the list of hashes count only when what they are made of is the same', () => {
  const record = (hash: string) => ({ name: 'a.dist-info/RECORD', content: `b.py,${hash},6\n` });
  const bytecode = (text: string) => ({ name: 'a/__pycache__/b.pyc', content: text });
  const first = [record('x'), bytecode('x'), b];
  expect(difference(first, [record('y'), bytecode('y'), { ...b, content: 'B = 2\n' }])).toEqual({
    first: { kind: 'content', path: 'b.py', byte: 4, sizes: [6, 6] },
    others: ['a.dist-info/RECORD', 'a/__pycache__/b.pyc'],
  });
  expect(difference(first, [record('y'), bytecode('y'), b])).toEqual({
    first: { kind: 'content', path: 'a.dist-info/RECORD', byte: 5, sizes: [9, 9] },
    others: ['a/__pycache__/b.pyc'],
  });
});

test('what differs behind the first difference is named, whichever zip has it', () => {
  const second = [{ ...before, content: 'A = 2\n' }, b, { ...c, mode: 0o100755 }, { name: 'd.py' }];
  expect(difference([before, b, c, { name: 'e.py' }], second)).toEqual({
    first: { kind: 'content', path: 'a.py', byte: 4, sizes: [6, 6] },
    others: ['c.py', 'e.py', 'd.py'],
  });
});
