import { expect, test } from 'vitest';
import type { Change } from '../../src/api/index.js';
import { describeChange, summariseChanges } from '../../src/commands/describe-change.js';

test.each<[Change, string]>([
  [{ kind: 'first-build' }, 'first build'],
  [{ kind: 'zip', path: 'dist/a.zip', change: 'missing' }, 'dist/a.zip was missing'],
  [{ kind: 'zip', path: 'dist/a.zip', change: 'other' }, 'dist/a.zip was not what had been built'],
  [{ kind: 'file', path: 'app.py', change: 'changed' }, 'app.py changed'],
  [{ kind: 'include', path: 'common/', change: 'added' }, 'include common/ added'],
  [{ kind: 'requirement', file: 'r.txt', from: 'six==1', to: 'six==2' }, 'r.txt: six==1 -> six==2'],
  [{ kind: 'requirement', file: 'r.txt', to: 'six' }, 'r.txt: six added'],
  [{ kind: 'requirement', file: 'r.txt', from: 'six' }, 'r.txt: six removed'],
  [{ kind: 'package', name: 'requests', from: '2.31', to: '2.32' }, 'requests 2.31 -> 2.32'],
  [{ kind: 'package', name: 'idna', to: '3.7' }, 'idna 3.7 added'],
  [{ kind: 'image', from: 'a:1', to: 'a:2' }, 'image a:1 -> a:2'],
  [{ kind: 'image', name: 'a:1', from: 'x', to: 'y' }, 'another image named a:1: x -> y'],
  [{ kind: 'os-package', name: 'gcc', change: 'removed' }, 'OS package gcc removed'],
  [{ kind: 'library', name: 'libpq5', from: '15.3', to: '15.5' }, 'OS package libpq5 15.3 -> 15.5'],
  [
    { kind: 'option', name: 'runtime', from: 'python3.11', to: 'python3.12' },
    'runtime: python3.11 -> python3.12',
  ],
  [
    { kind: 'option', name: 'buildEnvironment CFLAGS', from: 'a', to: 'b' },
    'buildEnvironment CFLAGS changed',
  ],
  [{ kind: 'option', name: 'buildEnvironment CFLAGS', to: 'b' }, 'buildEnvironment CFLAGS added'],
  [{ kind: 'pkgr', from: '1.0', to: '1.1' }, 'pkgr 1.0 -> 1.1'],
  [{ kind: 'pkgr', from: '1.0', to: '1.0' }, 'pkgr 1.0 has other programs'],
  [{ kind: 'nothing-recorded' }, 'nothing that is recorded changed'],
])('%j is told in a few words', (change, words) => {
  expect(describeChange(change)).toBe(words);
});

test('a line has room for one reason, and a version says more than the line that asked for it', () => {
  const file: Change = { kind: 'file', path: 'app.py', change: 'changed' };
  const line: Change = { kind: 'requirement', file: 'r.txt', from: 'six==1', to: 'six==2' };
  const version: Change = { kind: 'package', name: 'six', from: '1', to: '2' };
  expect(summariseChanges([])).toBe('');
  expect(summariseChanges([file])).toBe('app.py changed');
  expect(summariseChanges([line])).toBe('r.txt: six==1 -> six==2');
  expect(summariseChanges([line, version])).toBe('six 1 -> 2');
  expect(summariseChanges([file, line, version])).toBe('app.py changed and 1 more');
});

test('names cannot reach the terminal as anything but text', () => {
  const path = 'a\u001b[2Jb\n\u202ec.py';
  expect(describeChange({ kind: 'file', path, change: 'added' })).toBe(
    'a\\u001b[2Jb\\u000a\\u202ec.py added',
  );
});
