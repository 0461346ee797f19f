import { expect, test } from 'vitest';
import { codeRoots } from '../../src/plan/code.js';
import { at, contents, file, unitOf } from './sample.js';

const rootsOf = (include: Parameters<typeof unitOf>[1], exclude: readonly string[] = []) =>
  codeRoots(unitOf('a', include), exclude);

test('includes from which nothing is left out share one root, in their order', () => {
  const include = [contents('src'), file('config.json', 'etc/config.json'), contents('more', 'x')];
  expect(rootsOf({ include }, ['other/tests'])).toEqual([
    {
      copies: [
        { kind: 'contents', from: 'src', to: '' },
        { kind: 'file', from: 'config.json', to: 'etc/config.json' },
        { kind: 'contents', from: 'more', to: 'x' },
      ],
      exclude: [],
    },
  ]);
});

test('an include that loses files has a root of its own, and those around it keep their order', () => {
  const include = [file('a.py'), contents('src', 'lib'), file('b.py'), file('c.py')];
  const roots = rootsOf({ include }, ['src/tests', '!src/tests/data', '*.md']);
  expect(roots.map(({ copies }) => copies.map(({ from }) => from))).toEqual([
    ['a.py'],
    ['src'],
    ['b.py', 'c.py'],
  ]);
  expect(roots.map(({ exclude }) => exclude)).toEqual([[], ['lib/tests', '!lib/tests/data'], []]);
});

test('a pattern is placed literally where the include goes', () => {
  const roots = rootsOf({ include: [contents('src', '!x/[1] /#')] }, ['src/*.md']);
  expect(roots[0]?.exclude).toEqual(['\\!x/\\[1\\][ ]/\\#/*.md']);
});

test('a file is left out by the last pattern that matches it', () => {
  const include = [file('src/a.py'), file('src/b.py'), file('src/c/d.py')];
  const from = (exclude: readonly string[]) =>
    rootsOf({ include }, exclude).flatMap(({ copies }) => copies.map((copy) => copy.from));
  expect(from(['src', '!src/b.py'])).toEqual(['src/b.py']);
  expect(from(['**/*.py', '!src/c'])).toEqual(['src/c/d.py']);
  expect(from(['!src', '**/d.py'])).toEqual(['src/a.py', 'src/b.py']);
  // `a.py/**` is what is in a folder a.py, and not the file.
  expect(from(['src/a.py/**'])).toEqual(['src/a.py', 'src/b.py', 'src/c/d.py']);
});

test('a folder that is wholly left out is still copied, and emptied when it is packed', () => {
  const include = [{ kind: 'directory', from: 'src', to: 'src', at } as const];
  expect(rootsOf({ include }, ['src'])).toMatchObject([{ exclude: ['src/**'] }]);
});

test('what is left out by its place in the zip is left out of every root, and one is still enough', () => {
  const own = { include: [contents('src'), file('tests.py'), contents('lib', 'lib')] };
  const excludeInZip = ['**/tests/**', '.*'];
  expect(rootsOf({ ...own, excludeInZip })).toMatchObject([
    { copies: [{ from: 'src' }, { from: 'tests.py' }, { from: 'lib' }], exclude: excludeInZip },
  ]);
  expect(rootsOf({ ...own, excludeInZip }, ['lib/*.md'])).toMatchObject([
    { copies: [{ from: 'src' }, { from: 'tests.py' }], exclude: excludeInZip },
    { copies: [{ from: 'lib' }], exclude: ['lib/*.md', ...excludeInZip] },
  ]);
});

test('a file is left out by its place in the zip, not by its path in the project', () => {
  const include = [file('.env'), file('.config/app.py', 'app.py'), file('env', 'a/.env')];
  expect(rootsOf({ include, excludeInZip: ['.*'] })[0]?.copies.map(({ to }) => to)).toEqual([
    'app.py',
    'a/.env',
  ]);
});
