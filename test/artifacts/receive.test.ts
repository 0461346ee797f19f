import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ExpectedZip, receiveZips } from '../../src/artifacts/index.js';
import { formatDiagnostics } from '../../src/diagnostics/index.js';
import { digestOf, newFolder } from './folders.js';
import { type Entry, streamOf, tarOf } from './tar-of.js';

const at = { file: 'pkgr.yml', line: 3, column: 3 };
const zip = (folder: string, name: string, data: Uint8Array | string): ExpectedZip => ({
  name,
  path: join(folder, 'dist', `${name}.zip`),
  shown: `dist/${name}.zip`,
  digest: digestOf(data),
  at,
});
const entry = (name: string, data: Uint8Array | string): Entry => ({ name: `${name}.zip`, data });
const receive = (entries: readonly Entry[], expected: readonly ExpectedZip[]) =>
  receiveZips(streamOf(tarOf(entries)), expected);

describe('receiving zips', () => {
  test('writes each whole into a folder that is made, with mode 0644 less the umask', async () => {
    const folder = newFolder();
    const before = process.umask(0o027);
    onTestFinished(() => void process.umask(before));
    const expected = [zip(folder, 'a', 'one'), zip(folder, 'b', ''), zip(folder, 'é 包', 'three')];
    const result = await receive(
      [entry('b', ''), entry('é 包', 'three'), entry('a', 'one')],
      expected,
    );
    expect(result).toEqual({ written: ['a', 'b', 'é 包'], failed: new Map() });
    expect(readdirSync(join(folder, 'dist'))).toEqual(['a.zip', 'b.zip', 'é 包.zip']);
    expect(readFileSync(join(folder, 'dist/é 包.zip'), 'utf8')).toBe('three');
    expect(statSync(join(folder, 'dist/a.zip')).mode & 0o777).toBe(0o640);
  });

  test('leaves the earlier zip when the new one is not what the engine announced', async () => {
    const folder = newFolder();
    await receive([entry('a', 'old')], [zip(folder, 'a', 'old')]);
    const result = await receive(
      [entry('a', 'other'), entry('b', 'right')],
      [zip(folder, 'a', 'right'), zip(folder, 'b', 'right')],
    );
    expect(result.written).toEqual(['b']);
    expect(formatDiagnostics([...result.failed.values()])).toMatch(
      /^pkgr\.yml:3:3: error: dist\/a\.zip did not arrive as the engine built it: sha256 d9298a.* \(5 bytes\) instead of .* \[digest-mismatch\]\n {2}hint: Build again/,
    );
    expect(readFileSync(join(folder, 'dist/a.zip'), 'utf8')).toBe('old');
    expect(readdirSync(join(folder, 'dist'))).toEqual(['a.zip', 'b.zip']);
  });

  test.each<[string, readonly Entry[], string]>([
    ['an absolute path', [entry('/etc/x', '')], 'was not asked for'],
    ['a path upwards', [entry('../x', '')], 'was not asked for'],
    ['the same name in a folder', [entry('./a', 'new')], 'was not asked for'],
    ['an unknown name', [entry('b', '')], 'was not asked for'],
    ['a repeated name', [entry('a', 'new'), entry('a', 'new')], 'came twice'],
    [
      'a symbolic link',
      [{ name: 'a.zip', type: 'SymbolicLink', linkpath: '/etc/passwd' }],
      'is no file',
    ],
    ['a hard link', [{ name: 'a.zip', type: 'Link', linkpath: '/etc/passwd' }], 'is no file'],
    ['nothing', [], 'is damaged'],
  ])('refuses %s and leaves no other file', async (_, entries, message) => {
    const folder = newFolder();
    await expect(receive(entries, [zip(folder, 'a', 'new')])).rejects.toThrow(message);
    expect(readdirSync(folder).filter((name) => name !== 'dist')).toEqual([]);
    const names = readdirSync(folder).includes('dist') ? readdirSync(join(folder, 'dist')) : [];
    expect(names.filter((name) => name !== 'a.zip')).toEqual([]);
  });

  test('leaves nothing but the earlier zip when the stream ends or breaks in the middle', async () => {
    const folder = newFolder();
    await receive([entry('a', 'old')], [zip(folder, 'a', 'old')]);
    const data = Buffer.alloc(200_000, 'x');
    const bytes = tarOf([entry('a', data)]);
    const expected = [zip(folder, 'a', data)];
    await expect(receiveZips(streamOf(bytes.subarray(0, 90_000)), expected)).rejects.toThrow(
      /early/,
    );
    async function* breaking() {
      yield bytes.subarray(0, 90_000);
      throw new Error('broken');
    }
    await expect(receiveZips(Readable.from(breaking()), expected)).rejects.toThrow('broken');
    expect(readdirSync(join(folder, 'dist'))).toEqual(['a.zip']);
    expect(readFileSync(join(folder, 'dist/a.zip'), 'utf8')).toBe('old');
  });

  test('replaces a link by the file and leaves alone what it led to', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'elsewhere'), 'precious');
    symlinkSync('../elsewhere', join(folder, 'dist/a.zip'));
    symlinkSync('nowhere', join(folder, 'dist/b.zip'));
    expect(readlinkSync(join(folder, 'dist/b.zip'))).toBe('nowhere');
    const expected = [zip(folder, 'a', 'new'), zip(folder, 'b', 'new')];
    await receive([entry('a', 'new'), entry('b', 'new')], expected);
    expect(readFileSync(join(folder, 'elsewhere'), 'utf8')).toBe('precious');
    for (const name of ['a', 'b']) {
      expect(lstatSync(join(folder, `dist/${name}.zip`)).isFile()).toBe(true);
    }
  });

  test('says that a folder stands in the way, and writes the others', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'dist/a.zip/x'), { recursive: true });
    const expected = [zip(folder, 'a', 'new'), zip(folder, 'b', 'new')];
    const result = await receive([entry('a', 'new'), entry('b', 'new')], expected);
    expect(result.written).toEqual(['b']);
    expect([...result.failed.values()]).toMatchObject([
      {
        code: 'write-failed',
        message: 'dist/a.zip could not be written: a folder of that name is there',
        at,
      },
    ]);
    expect(readdirSync(join(folder, 'dist'))).toEqual(['a.zip', 'b.zip']);
  });

  test('says that a file stands where the folder should be', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'dist'), '');
    const { failed } = await receive([entry('a', 'new')], [zip(folder, 'a', 'new')]);
    expect([...failed.values()]).toMatchObject([
      {
        code: 'write-failed',
        message: 'dist/a.zip could not be written: a part of its path is a file',
      },
    ]);
  });

  test('writes a zip with a long name', async () => {
    const folder = newFolder();
    const name = 'n'.repeat(251);
    const { written } = await receive([entry(name, 'new')], [zip(folder, name, 'new')]);
    expect(written).toEqual([name]);
    const long = await receive([entry(`${name}x`, '')], [zip(folder, `${name}x`, '')]);
    expect([...long.failed.values()]).toMatchObject([
      { message: expect.stringMatching(/name is too long/) },
    ]);
  });

  test('holds little of a zip of 300 MB', async () => {
    const folder = newFolder();
    const part = Buffer.alloc(1024 * 1024, 'pkgr');
    const count = 300;
    const hash = createHash('sha256');
    for (let index = 0; index < count; index += 1) hash.update(part);
    const digest = { ...digestOf(''), size: count * part.length, sha256: hash.digest('hex') };
    const header = tarOf([{ name: 'a.zip' }]).subarray(0, 512);
    setSize(header, digest.size);
    let peak = 0;
    const before = process.memoryUsage().arrayBuffers;
    function* bytes() {
      yield header;
      for (let index = 0; index < count; index += 1) {
        peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
        yield Buffer.from(part);
      }
      yield Buffer.alloc(1024);
    }
    const expected = { ...zip(folder, 'a', ''), digest };
    const result = await receiveZips(Readable.from(bytes(), { objectMode: false }), [expected]);
    expect(result).toEqual({ written: ['a'], failed: new Map() });
    expect(peak).toBeLessThan(100 * 1024 * 1024);
  }, 30_000);
});

/** Mounting needs the rights of root on Linux. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

describe.runIf(canMount)('on a file system that takes nothing', () => {
  function mounted(options: string): string {
    const folder = newFolder();
    mkdirSync(join(folder, 'dist'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', join(folder, 'dist')]);
    onTestFinished(() => void execFileSync('umount', [join(folder, 'dist')]));
    return folder;
  }

  test('a full disk is said plainly, and the earlier zip stays', async () => {
    const folder = mounted('size=1m');
    await receive([entry('a', 'old')], [zip(folder, 'a', 'old')]);
    const data = Buffer.alloc(3_000_000, 'x');
    const expected = [zip(folder, 'a', data), zip(folder, 'b', 'small')];
    const result = await receive([entry('a', data), entry('b', 'small')], expected);
    expect(result.written).toEqual(['b']);
    expect([...result.failed.values()]).toMatchObject([
      { code: 'disk-full', message: 'There is no space left on the disk for dist/a.zip', at },
    ]);
    expect(readFileSync(join(folder, 'dist/a.zip'), 'utf8')).toBe('old');
    expect(readdirSync(join(folder, 'dist'))).toEqual(['a.zip', 'b.zip']);
  });

  test('a read-only file system is named', async () => {
    const { failed } = await receive([entry('a', '')], [zip(mounted('ro'), 'a', '')]);
    expect([...failed.values()]).toMatchObject([
      {
        code: 'write-failed',
        message: 'dist/a.zip could not be written: the file system is read-only',
      },
    ]);
  });
});

/** Writes another size, and the checksum that goes with it, into a tar header. */
function setSize(header: Buffer, size: number): void {
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}
