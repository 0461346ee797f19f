import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readZip } from './compare-zips.js';
import { localProject, machineRuntime, wheel, wheelName } from './python-packages.js';
import {
  type Content,
  packProject,
  temporaryFolder,
  temporaryProject,
} from './temporary-project.js';

/** Packs one function with these lines as its requirements, and gives its files, or why not. */
async function packed(lines: readonly string[], files: Readonly<Record<string, Content>>) {
  const root = temporaryProject({
    'pkgr.yml': `functions:
  hello: {handler: a.b, runtime: ${machineRuntime}, include: [app], requirements: ${JSON.stringify(lines)}}
`,
    'app/a.py': '',
    ...files,
  });
  const { zips, failed } = await packProject(root);
  const entries = zips.hello === undefined ? [] : await readZip(zips.hello);
  return { root, names: entries.map(({ name }) => name), failed: failed.hello };
}

test('requirements in the manifest are what lines of a requirements file are', async () => {
  const { root, names, failed } = await packed(
    [
      '# all from the project',
      '--no-index',
      '--find-links ./wheels',
      'greet==1.0 # the one of ours',
      'other; python_version < "3"',
      '-e ./lib',
      '-r more/base.txt',
    ],
    {
      [`wheels/${wheelName('greet')}`]: await wheel('greet', { 'greet.py': '' }),
      'more/base.txt': '-e ./third\n',
      ...localProject('lib', 'mylib'),
      ...localProject('third', 'third'),
    },
  );
  expect(failed).toBeUndefined();
  expect(names.filter((name) => /^\w+\.py$/.test(name))).toEqual([
    'greet.py',
    'mylib.py',
    'third.py',
  ]);
  expect(existsSync(join(root, 'in-manifest.txt'))).toBe(false);
});

test('a hash in the manifest is checked', async () => {
  const content = await wheel('greet', { 'greet.py': '' });
  const files = { [`wheels/${wheelName('greet')}`]: content };
  const lines = (hash: string) => [
    '--no-index',
    '--find-links ./wheels',
    `greet==1.0 --hash=sha256:${hash}`,
  ];
  const right = await packed(lines(createHash('sha256').update(content).digest('hex')), files);
  expect(right.names).toContain('greet.py');
  const wrong = await packed(lines('0'.repeat(64)), files);
  expect(wrong.failed).toMatch(/HASH/i);
});

test('a file of the project with the name of the one that is written is left alone', async () => {
  const outside = join(temporaryFolder(), 'outside.txt');
  const own = await packed(['-r in-manifest.txt'], {
    'in-manifest.txt': `./${wheelName('greet')}\n`,
    [wheelName('greet')]: await wheel('greet', { 'greet.py': '' }),
  });
  expect(own.names).toContain('greet.py');

  const whole = await packed(['-e .'], {
    ...Object.fromEntries(
      Object.entries(localProject('x', 'mylib')).map(([name, text]) => [name.slice(2), text]),
    ),
    'in-manifest.txt': { link: outside },
  });
  expect(whole.failed).toBeUndefined();
  expect(whole.names).toContain('mylib.py');
  expect(existsSync(outside)).toBe(false);
  expect(() => readFileSync(join(whole.root, 'in-manifest.txt'))).toThrow('ENOENT');
});
