import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTar } from '../../src/artifacts/tar-reader.js';
import { newFolder } from './folders.js';
import { streamOf, tarOf } from './tar-of.js';

async function read(bytes: Buffer, chunk?: number) {
  const files: [string, string][] = [];
  for await (const { name, size, content } of readTar(streamOf(bytes, chunk))) {
    const data = await buffer(content);
    expect(data.length).toBe(size);
    files.push([name, data.toString('latin1')]);
  }
  return files;
}

describe('the tar reader', () => {
  test('reads what another program has written, however it is cut', async () => {
    const letter = fc.constantFrom('a', 'Z', '9', '.', '-', ' ', 'é', '包', "'", '"', '\\');
    const name = fc.string({ unit: letter, minLength: 1, maxLength: 150 });
    const file = fc.record({ name, data: fc.uint8Array({ maxLength: 1500 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 2000 }),
        async (files, chunk) => {
          const expected = files.map(({ name, data }) => [
            name,
            Buffer.from(data).toString('latin1'),
          ]);
          expect(await read(tarOf(files), chunk)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each([
    'ustar',
    'posix',
  ])('reads an archive of the tar command, format %s', async (format) => {
    const folder = newFolder();
    const long = `${'l'.repeat(90)}/${'n'.repeat(90)}`;
    mkdirSync(join(folder, 'l'.repeat(90)));
    writeFileSync(join(folder, long), 'long');
    writeFileSync(join(folder, 'empty'), '');
    const arguments_ = ['-C', folder, '-cf', '-', `--format=${format}`, '--', 'empty', long];
    expect(await read(execFileSync('tar', arguments_))).toEqual([
      ['empty', ''],
      [long, 'long'],
    ]);
  });

  test.each([
    ['Directory', 'x/'],
    ['SymbolicLink', 'x'],
    ['Link', 'x'],
    ['CharacterDevice', 'x'],
  ] as const)('refuses a %s', async (type, name) => {
    const bytes = tarOf([{ name, type, ...(type.endsWith('Link') ? { linkpath: '/etc' } : {}) }]);
    await expect(read(bytes)).rejects.toThrow(/The tar entry x\/? is no file/);
  });

  test('refuses an archive that ends too early, wherever that is', async () => {
    const bytes = tarOf([{ name: 'é'.repeat(80), data: 'x'.repeat(700) }]);
    // The package reads an archive without its two last blocks, too; what is missing is told by name.
    const whole = bytes.length - 1024;
    for (const length of [0, 1, 511, 512, 600, 1024, 1100, 1600, 2100, whole - 513]) {
      await expect(read(bytes.subarray(0, length)), `${length}`).rejects.toThrow(
        /too early|damaged/,
      );
    }
  });

  test('refuses damaged headers', async () => {
    const bytes = tarOf([{ name: 'é'.repeat(80), data: 'x' }]);
    for (const at of [0, 124, 150, 300]) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      await expect(read(damaged), `${at}`).rejects.toThrow(/damaged|no file/);
    }
  });

  test('skips what the caller does not read of a file', async () => {
    const bytes = tarOf([
      { name: 'a', data: 'x'.repeat(3000) },
      { name: 'b', data: 'y' },
    ]);
    const names: string[] = [];
    for await (const { name, content } of readTar(streamOf(bytes, 100))) {
      names.push(name);
      for await (const _ of content) break;
    }
    expect(names).toEqual(['a', 'b']);
  });

  test('destroys the stream when the caller leaves', async () => {
    const stream = streamOf(tarOf([{ name: 'a', data: 'x'.repeat(3000) }]), 100);
    for await (const _ of readTar(stream)) break;
    expect(stream.destroyed).toBe(true);
  });

  test('passes on an error of the stream', async () => {
    const stream = streamOf(tarOf([{ name: 'a', data: 'x'.repeat(3000) }]), 100);
    const reading = (async () => {
      for await (const { content } of readTar(stream)) {
        stream.destroy(new Error('cut'));
        await buffer(content);
      }
    })();
    await expect(reading).rejects.toThrow('cut');
  });
});
