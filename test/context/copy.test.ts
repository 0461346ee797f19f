import { describe, expect, test } from 'vitest';
import { copied, copiedRoot } from '../../src/context/index.js';
import type { CodeRoot } from '../../src/plan/index.js';
import { ignorePatterns } from '../../src/project/index.js';
import { type Content, temporaryProject } from '../host/temporary-project.js';

type Copy = CodeRoot['copies'][number];

/** Names of what is copied; a folder's ends in a slash, a link's tells where it leads. */
async function names(
  files: Readonly<Record<string, Content>>,
  copies: readonly Copy[],
  ignore: readonly string[] = [],
  exclude: readonly string[] = [],
): Promise<readonly string[]> {
  const context = { root: temporaryProject(files), ignore: ignorePatterns(ignore) };
  const entries = await copiedRoot(context, { copies, exclude });
  return entries
    .map((entry) => {
      if (entry.kind === 'link') return `${entry.name} -> ${entry.target}`;
      return entry.kind === 'folder' ? `${entry.name}/` : entry.name;
    })
    .sort();
}

const contents = (from: string, to = ''): Copy => ({ kind: 'contents', from, to });

describe('code of the project', () => {
  test('is a file, a folder, or what is in a folder, below the place that the manifest gives', async () => {
    const files = { 'a.py': '', 'app/b.py': '', 'app/deep/c.py': '', 'data/d': '' };
    const copies: readonly Copy[] = [
      { kind: 'file', from: 'a.py', to: 'main.py' },
      { kind: 'directory', from: 'app', to: 'x/app' },
      contents('data'),
    ];
    expect(await names(files, copies)).toEqual(['d', 'main.py', 'x/app/b.py', 'x/app/deep/c.py']);
  });

  test('that comes later lies over what came before', async () => {
    const root = temporaryProject({ 'one/a': 'first', 'two/a': 'second' });
    const context = { root, ignore: ignorePatterns([]) };
    const entries = await copied(context, [contents('one'), contents('two')]);
    expect(entries).toMatchObject([{ name: 'a', source: `${root}/two/a` }]);
  });

  test('keeps its links, and follows one that is itself included', async () => {
    const files = {
      'lib/x.so': { link: 'x.so.1' },
      'lib/x.so.1': '',
      'current.py': { link: 'lib/x.so.1' },
      latest: { link: 'lib' },
    };
    const copies: readonly Copy[] = [
      contents('latest'),
      { kind: 'file', from: 'current.py', to: 'current.py' },
    ];
    expect(await names(files, copies)).toEqual(['current.py', 'x.so -> x.so.1', 'x.so.1']);
  });

  test('has a folder of its own only where that is empty, also when all in it is ignored', async () => {
    const files = { 'app/empty/': '', 'app/cached/a.pyc': '', 'app/b/c': '' };
    expect(await names(files, [contents('app')], ['**/*.pyc'])).toEqual([
      'b/c',
      'cached/',
      'empty/',
    ]);
    expect(await names({ 'app/': '' }, [contents('app', 'x/y')])).toEqual(['x/y/']);
  });

  test('has no folder that exclude has emptied, as in the Docker build', async () => {
    const files = { 'app/cached/a.txt': '', 'app/b/c': '' };
    expect(await names(files, [contents('app')], [], ['**/*.txt'])).toEqual(['b/c']);
  });

  test('loses what .dockerignore leaves out and keeps what it takes back', async () => {
    const files = {
      'app/a.py': '',
      'app/secret/key': '',
      'app/secret/public': '',
      'app/old/x': '',
    };
    const ignore = ['app/secret', '!app/secret/public', 'app/old'];
    expect(await names(files, [contents('app')], ignore)).toEqual(['a.py', 'secret/public']);
  });

  test('is left out by .dockerignore as the engine reads it, and by exclude as the packer does', async () => {
    const files = { 'docs/a.md': '', 'docs/b.txt': '' };
    const patterns = ['**/*.md', '!docs'];
    expect(await names(files, [contents('')], patterns)).toEqual(['docs/b.txt']);
    expect(await names(files, [contents('')], [], patterns)).toEqual(['docs/a.md', 'docs/b.txt']);
  });

  test('is the whole project, when that is included', async () => {
    const files = { 'a.py': '', '.pkgr/Dockerfile': '', 'dist/a.zip': '', '.git/HEAD': '' };
    const ignore = ['.pkgr', 'dist', '**/.git'];
    expect(await names(files, [contents('')], ignore)).toEqual(['a.py']);
  });

  test('is refused where one copy has a file and another a folder of the same name', async () => {
    const files = { 'one/x': '', 'two/x/y': '' };
    const message = 'x is a file in one and a folder in two';
    await expect(names(files, [contents('one'), contents('two')])).rejects.toThrow(message);
    await expect(names(files, [contents('two'), contents('one')])).rejects.toThrow(message);
    await expect(
      names({ 'one/x': { link: 'z' }, 'two/x/': '' }, [contents('one'), contents('two')]),
    ).rejects.toThrow(message);
  });

  test('is refused when it is gone, ignored, of another kind, or reached by a link out of the project', async () => {
    const files = { 'a.py': '', 'app/b': '', out: { link: '/etc' } };
    const file = (from: string): Copy => ({ kind: 'file', from, to: from });
    await expect(names(files, [file('b.py')])).rejects.toThrow('b.py does not exist');
    await expect(names(files, [file('app')])).rejects.toThrow('app is no file');
    await expect(names(files, [contents('a.py')])).rejects.toThrow('a.py is no folder');
    await expect(names(files, [contents('out')])).rejects.toThrow('out leads out of the project');
    await expect(names(files, [file('a.py')], ['*.py'])).rejects.toThrow('a.py is left out by');
  });
});
