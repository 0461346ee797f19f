import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { expandGlob, matchesName } from '../../../src/project/juniper/glob.js';
import { createTree } from '../../../src/project/paths/tree.js';
import { sampleProject } from '../sample-project.js';

const root = sampleProject({
  '.hidden/a.py': '',
  'a/b/x.py': '',
  'a/c/x.py': '',
  'a/c/[x].py': '',
  'a/.d/x.py': '',
  'ab/x-y': '',
  'Z!/x': '',
  'ä/x': '',
  link: { link: 'a' },
  'out.py': { link: '../no-such-folder-of-this-test' },
});

describe('a glob', () => {
  it.each([
    '*',
    'a*',
    '*/*',
    '*/*/x.py',
    'a/*/[x].py',
    'a/*/[[]x].py',
    '.*/*',
    'a/.*/x.py',
    '[a-z]',
    '[!a-z]*',
    '[]a]*',
    '*!',
    'l?nk/*',
    'link/*/x.py',
    '*-*/*',
    '*/x[!.]y',
    'ä*',
    '*.py',
    '[a',
    'nothing*',
    'nowhere/*',
    '*x*',
  ])('%s matches what a shell matches', (glob) => {
    const shell = execFileSync('sh', ['-c', `printf '%s\\n' ${glob}`], {
      cwd: root,
      env: { LC_ALL: 'C.UTF-8' },
    });
    const expanded = shell.toString().trimEnd().split('\n');
    const names = expanded.filter((path) => path !== glob && !/(^|\/)\.\.?($|\/)/.test(path));
    expect([...expandGlob(createTree(root), glob)].sort()).toEqual(names.sort());
  });

  it('with many stars takes no time', () => {
    expect(matchesName(`${'*a'.repeat(2000)}b`, 'a'.repeat(3000))).toBe(false);
  });
});
