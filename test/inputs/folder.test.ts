import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyFolder, type HashedEntry, summarise } from '../../src/inputs/folder.js';
import { contentChanges } from '../../src/inputs/folder-changes.js';

const entriesOf = (files: Readonly<Record<string, string>>): readonly HashedEntry[] =>
  Object.entries(files).map(([name, hash]) => ({ name, hash }));

const files = { 'app.py': 'a', 'lib/one.py': 'b', 'lib/deep/two.py': 'c', 'other/three.py': 'd' };

describe('what is in a folder', () => {
  test('is listed file by file as long as that is not too much', () => {
    expect(summarise(entriesOf(files), 4).entries).toEqual(files);
  });

  test('is listed folder by folder where it is, the upper ones first', () => {
    const { entries } = summarise(entriesOf(files), 3);
    expect(Object.keys(entries ?? {})).toEqual(['app.py', 'lib/', 'other/three.py']);
    expect(summarise(entriesOf(files), 2).entries).toEqual({});
  });

  test('has one hash, however long the list is, and another one for every change', () => {
    const content = (changed: Readonly<Record<string, string>>, limit = 100) =>
      summarise(entriesOf({ ...files, ...changed }), limit).content;
    expect(new Set([1, 2, 3, 4, 5].map((limit) => content({}, limit))).size).toBe(1);
    const all = [{}, { 'app.py': 'z' }, { 'new.py': 'a' }, { 'lib/deep/two.py': 'z' }].map((each) =>
      content(each),
    );
    expect(new Set(all).size).toBe(4);
    const renamed = summarise([{ name: 'lib/app.py', hash: 'a' }], 9).content;
    expect(renamed).not.toBe(summarise([{ name: 'app.py', hash: 'a' }], 9).content);
  });

  test('may be nothing, or empty folders', () => {
    expect(summarise([], 9)).toEqual({ content: emptyFolder, entries: {} });
    const withEmpty = summarise([{ name: 'empty/', hash: emptyFolder }], 9);
    expect(withEmpty.entries).toEqual({ 'empty/': emptyFolder });
    expect(withEmpty.content).not.toBe(emptyFolder);
  });
});

describe('what differs between two states of a folder', () => {
  const between = (before: object, now: object, limits: readonly [number, number] = [99, 99]) =>
    contentChanges(
      'src/',
      summarise(entriesOf({ ...before }), limits[0]),
      summarise(entriesOf({ ...now }), limits[1]),
    );

  test('is told file by file, a folder that came or went as a whole', () => {
    const now = {
      'app.py': 'z',
      'lib/one.py': 'b',
      'lib/deep/two.py': 'c',
      'new/a.py': 'x',
      'new/b.py': 'x',
    };
    expect(between(files, now)).toEqual([
      { path: 'src/app.py', change: 'changed' },
      { path: 'src/new/', change: 'added' },
      { path: 'src/other/', change: 'removed' },
    ]);
  });

  test('a file that became a folder is both', () => {
    expect(between({ x: 'a' }, { 'x/y': 'a' })).toEqual([
      { path: 'src/x', change: 'removed' },
      { path: 'src/x/', change: 'added' },
    ]);
  });

  test('is told as precisely as both lists are', () => {
    const now = { ...files, 'lib/one.py': 'z', 'other/three.py': 'z' };
    expect(between(files, now, [3, 99])).toEqual([
      { path: 'src/lib/', change: 'changed' },
      { path: 'src/other/three.py', change: 'changed' },
    ]);
    expect(between(files, now, [99, 2])).toEqual([{ path: 'src/', change: 'changed' }]);
    expect(between({}, { a: '1' })).toEqual([{ path: 'src/a', change: 'added' }]);
  });

  const name = fc.stringMatching(/^[a-c](\/[a-c]){0,3}$/).map((path) => `${path}.py`);
  const tree = fc.dictionary(name, fc.constantFrom('1', '2', '3'), { maxKeys: 12 });
  const limit = fc.integer({ min: 0, max: 15 });

  test('is nothing when nothing differs, and something that covers each difference otherwise', () => {
    fc.assert(
      fc.property(tree, tree, limit, limit, (before, now, one, other) => {
        expect(between(before, { ...before }, [one, other])).toEqual([]);
        const changes = between(before, now, [one, other]);
        const differing = [...new Set([...Object.keys(before), ...Object.keys(now)])]
          .filter((path) => before[path] !== now[path])
          .map((path) => `src/${path}`);
        for (const path of differing) {
          const isCovered = changes.some(
            (change) =>
              change.path === path || (change.path.endsWith('/') && path.startsWith(change.path)),
          );
          expect(isCovered, path).toBe(true);
        }
        for (const change of changes) {
          expect(
            differing.some((path) => path.startsWith(change.path)),
            change.path,
          ).toBe(true);
        }
      }),
    );
  });
});
