import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { walk } from '../../src/context/index.js';
import { writeZip } from '../../src/host/zip.js';
import { compareZips, readZip } from './compare-zips.js';
import { type Content, programs, temporaryFolder, temporaryProject } from './temporary-project.js';

const hostile = [
  'a b',
  '"q" $HOME `x`',
  "it's",
  'new\nline',
  '[x]*?',
  '-lead',
  '#',
  ' blank ',
  '~',
];

const everything: Readonly<Record<string, Content>> = {
  'app.py': 'print(1)\n'.repeat(1000),
  'run.sh': { program: '#!/bin/sh\n' },
  'noise.bin': Buffer.from(createHash('sha512').update('noise').digest()),
  empty: '',
  'lib/libx.so': { link: 'libx.so.1' },
  'lib/libx.so.1': 'so',
  dangling: { link: '../../not here' },
  'folder/nothing/': '',
  'Z/a': 'case',
  'ﬀ.py': 'BMP, above the surrogates',
  '😀.py': 'astral',
  'ü.py': 'ü',
  [`${'n'.repeat(200)}`]: 'long',
  ...Object.fromEntries(hostile.map((name) => [`names/${name}`, name])),
};

async function zipped(root: string): Promise<Buffer> {
  const file = join(temporaryFolder(), 'out.zip');
  await writeZip(await walk(root), file);
  return readFileSync(file);
}

function packedInTheBuild(root: string): Buffer {
  const out = join(temporaryFolder(), 'out.zip');
  execFileSync('python3', [
    join(programs, 'pack.py'),
    `--output=${out}`,
    `--digest=${out}.json`,
    `--tree=${root}`,
  ]);
  return readFileSync(out);
}

describe('a zip written on the host', () => {
  test('unpacks to what the packer of the Docker build packs, in the same order', async () => {
    const root = temporaryProject(everything);
    const zip = await zipped(root);
    expect(await compareZips(zip, packedInTheBuild(root))).toEqual([]);
    expect(await readZip(zip)).toHaveLength(Object.keys(everything).length);
  });

  test('has dates of 1980-01-01 and modes 0644 and 0755, links and folders told as such', async () => {
    const entries = await readZip(await zipped(temporaryProject(everything)));
    const modes = new Map(entries.map(({ name, mode }) => [name, mode]));
    expect(new Set(entries.map(({ date }) => date))).toEqual(new Set(['33 0']));
    expect([modes.get('app.py'), modes.get('run.sh')]).toEqual(['100644', '100755']);
    expect([modes.get('dangling'), modes.get('folder/nothing/')]).toEqual(['120777', '40755']);
    expect(modes.has('folder/')).toBe(false);
  });

  test('is the same in another folder, with other dates, modes and a closed umask', async () => {
    const [first, second] = [temporaryProject(everything), temporaryProject(everything)];
    utimesSync(join(second, 'app.py'), 1, 1);
    chmodSync(join(second, 'app.py'), 0o600);
    chmodSync(join(second, 'run.sh'), 0o711);
    const zip = await zipped(first);
    const umask = process.umask(0o077);
    try {
      expect((await zipped(second)).equals(zip)).toBe(true);
    } finally {
      process.umask(umask);
    }
  });

  test('is told with its size, its hash and the bytes it unpacks to', async () => {
    const file = join(temporaryFolder(), 'out.zip');
    const root = temporaryProject({ a: '12345', b: { link: 'a' }, 'c/': '' });
    const digest = await writeZip(await walk(root), file);
    const zip = readFileSync(file);
    const sha256 = createHash('sha256').update(zip).digest('hex');
    expect(digest).toEqual({ size: zip.length, sha256, unzippedSize: 6, entries: 3 });
  });

  test('that is empty is a zip too', async () => {
    expect(await readZip(await zipped(temporaryFolder()))).toEqual([]);
  });

  test.each([
    'a\\b',
    'C:x',
  ])('is refused for the name %j, which yazl would change', async (name) => {
    await expect(zipped(temporaryProject({ [name]: '' }))).rejects.toThrow(
      `${JSON.stringify(name)} cannot be packed without Docker`,
    );
  });

  test('is refused for a fifo', async () => {
    const root = temporaryFolder();
    execFileSync('mkfifo', [join(root, 'pipe')]);
    await expect(zipped(root)).rejects.toThrow('pipe is a socket, a fifo or a device');
  });

  test('is refused for a name that is no UTF-8', async () => {
    const root = temporaryFolder();
    execFileSync('python3', [
      '-c',
      'import sys; open(sys.argv[1].encode() + b"/\\xff", "w")',
      root,
    ]);
    await expect(zipped(root)).rejects.toThrow('a name in a zip must be UTF-8');
  });

  test('fails, and does not hang, when a file goes away meanwhile', async () => {
    const entry = {
      kind: 'file',
      name: 'a',
      source: '/nowhere/a',
      size: 1,
      executable: false,
    } as const;
    await expect(writeZip([entry], join(temporaryFolder(), 'out.zip'))).rejects.toThrow('ENOENT');
    const large = { ...entry, size: 100 << 20 };
    await expect(writeZip([large], join(temporaryFolder(), 'out.zip'))).rejects.toThrow('ENOENT');
    await expect(writeZip([], '/nowhere/out.zip')).rejects.toThrow('ENOENT');
  });
});
