import { describe, expect, it } from 'vitest';
import { unitOf } from './sample-project.js';

/** Kind, source and destination of each include. */
async function includesOf(...parameters: Parameters<typeof unitOf>): Promise<readonly string[]> {
  const { include } = await unitOf(...parameters);
  return include.map(({ kind, from, to }) => `${kind} ${from} -> ${to}`);
}

describe('an include', () => {
  it('is the content of a folder with a slash, and the folder without', async () => {
    expect(await includesOf(['include: [a/, a, ./a/data, ./, .]'])).toEqual([
      'contents a -> ',
      'directory a -> a',
      'directory a/data -> data',
      'contents  -> ',
      'contents  -> ',
    ]);
  });

  it('of a file goes to the root under its own name', async () => {
    expect(await includesOf(['include: a/data/x.json'])).toEqual(['file a/data/x.json -> x.json']);
  });

  it('goes below a destination that ends in a slash, and becomes one that does not', async () => {
    const pairs = ['a/app.py', 'a/data', 'a/data/'].flatMap((from) =>
      ['c/', 'c/d', './'].map((to) => `- {from: ${from}, to: ${to}}`),
    );
    expect(await includesOf(['include:', ...pairs.map((pair) => `  ${pair}`)])).toEqual([
      'file a/app.py -> c/app.py',
      'file a/app.py -> c/d',
      'file a/app.py -> app.py',
      'directory a/data -> c/data',
      'directory a/data -> c/d',
      'directory a/data -> data',
      'contents a/data -> c',
      'contents a/data -> c/d',
      'contents a/data -> ',
    ]);
  });

  it('of a layer goes below python, where Lambda looks for modules', async () => {
    const lines = ['include: [a/, a, a/app.py, {from: a/app.py, to: lib/}]'];
    expect(await includesOf(lines, 'layer')).toEqual([
      'contents a -> python',
      'directory a -> python/a',
      'file a/app.py -> python/app.py',
      'file a/app.py -> python/lib/app.py',
    ]);
  });

  it('goes to the root of the zip when its destination begins with a slash', async () => {
    const pairs = ['{from: a/, to: /}', '{from: a, to: /}', '{from: a/app.py, to: /bin/run}'];
    const lines = [`include: [${pairs.join(', ')}]`];
    const places = ['contents a -> ', 'directory a -> a', 'file a/app.py -> bin/run'];
    expect(await includesOf(lines, 'layer')).toEqual(places);
    expect(await includesOf(lines, 'function')).toEqual(places);
  });

  it('may come through a link within the project', async () => {
    const more = { here: { link: 'a' }, 'a/one.py': { link: '../common/helpers.py' } };
    expect(await includesOf(['include: [here/, here/one.py, here]'], 'function', more)).toEqual([
      'contents here -> ',
      'file here/one.py -> one.py',
      'directory here -> here',
    ]);
  });
});
