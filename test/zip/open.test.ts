import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { ZipFile } from 'yazl';
import { PkgrError } from '../../src/diagnostics/index.js';
import { readPackages } from '../../src/inspect/index.js';
import { link, type MadeEntry, zipBytes } from './make-zip.js';
import { opened } from './opened.js';

test('entries are what will be unpacked, with their sizes and modes', () => {
  const zip = opened(
    zipBytes([
      { name: 'bin/', mode: 0o040755 },
      { name: 'bin/run', content: '#!/bin/sh\n', mode: 0o100755 },
      { name: 'lib/libx.so', content: 'libx.so.1', mode: link },
      { name: './a//é.txt', content: 'x'.repeat(1000) },
    ]),
  );
  expect(zip.entries.map(({ kind, path, size, mode }) => [kind, path, size, mode])).toEqual([
    ['folder', 'bin', 0, 0o755],
    ['file', 'bin/run', 10, 0o755],
    ['link', 'lib/libx.so', 9, 0o777],
    ['file', 'a/é.txt', 1000, 0o644],
  ]);
  expect(zip.unzippedSize).toBe(1019);
});

test('an empty zip, a comment, the records of zip64 and data of unknown size are nothing wrong', () => {
  expect(opened(zipBytes([])).entries).toEqual([]);
  expect(opened(zipBytes([{ name: 'a' }], { comment: 'x'.repeat(70) })).entries).toHaveLength(1);
  expect(opened(zipBytes([{ name: 'a' }], { zip64: true })).entries).toHaveLength(1);
  const streamed = { name: 'a', content: 'x', flags: 0x808, local: { crc: 0, size: 0 } };
  expect(opened(zipBytes([streamed])).entries).toHaveLength(1);
});

test('links inside the zip are nothing wrong, in circles neither', () => {
  const links = [
    { name: 'lib/a.so', content: '../b/a.so.1', mode: link },
    { name: 'round', content: 'lib/round', mode: link },
    { name: 'lib/round', content: '../round', mode: link },
  ];
  expect(opened(zipBytes(links)).entries).toHaveLength(3);
});

test('100,000 entries are read, with little memory for each', () => {
  const entries = Array.from({ length: 100_000 }, (_, index) => ({ name: `a/${index}.py` }));
  const bytes = zipBytes(entries, { zip64: true });
  const { heapUsed } = process.memoryUsage();
  const zip = opened(bytes);
  expect(zip.entries).toHaveLength(100_000);
  expect(process.memoryUsage().heapUsed - heapUsed).toBeLessThan(200_000_000);
});

const names = fc.uniqueArray(
  fc
    .array(fc.stringMatching(/^[a-zé.-]{1,8}$/), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map((part) => (/^\.+$/.test(part) ? 'x' : part)).join('/')),
  { maxLength: 12 },
);

test('what another program has zipped is read as it was, and every byte is somebody’s', async () => {
  await fc.assert(
    fc.asyncProperty(
      names,
      fc.uint8Array({ maxLength: 3000 }),
      fc.boolean(),
      async (paths, noise, compress) => {
        // A name may not be a file and a folder.
        const files = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)));
        const bytes = await zippedByYazl(files, Buffer.from(noise), compress);
        const zip = opened(bytes);
        expect(zip.entries.map(({ path }) => path)).toEqual(files);
        for (const entry of zip.entries) expect(zip.read(entry, 3000).equals(noise)).toBe(true);
        const zipped = zip.entries.reduce((sum, entry) => sum + entry.zipped, 0);
        expect(zipped + 22).toBe(bytes.length);
      },
    ),
    { numRuns: 25 },
  );
});

test('a zip that was damaged anywhere is read or refused, and nothing else', () => {
  const record = Array.from({ length: 30 }, (_, index) => `six/${index}.py,sha256=x,3`).join('\n');
  const entries: readonly MadeEntry[] = [
    { name: 'six-1.dist-info/METADATA', content: 'Name: six\nVersion: 1\nRequires-Dist: a\n\n' },
    { name: 'six-1.dist-info/RECORD', content: record },
    { name: 'six/1.py', content: 'abc' },
    { name: 'lib/a.so', content: 'a.so.1', mode: link },
  ];
  const whole = zipBytes(entries);
  const outcomes = { read: 0, refused: 0 };
  const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255), cut: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      let bytes = Buffer.from(whole);
      for (const { at, byte, cut } of changes) {
        if (cut && at % 7 === 0)
          bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 9)]);
        else if (at < bytes.length) bytes[at] = byte;
      }
      try {
        readPackages(opened(bytes));
        outcomes.read += 1;
      } catch (error) {
        if (!(error instanceof PkgrError)) throw error;
        expect(error.diagnostics.length).toBeGreaterThan(0);
        outcomes.refused += 1;
      }
    }),
    { numRuns: 1000 },
  );
  // Both happen, so the property tells something: one in 24 is read.
  expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(10);
});

async function zippedByYazl(paths: readonly string[], content: Buffer, compress: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'pkgr-zip-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const zip = new ZipFile();
  for (const path of paths) zip.addBuffer(content, path, { compress });
  zip.end();
  const path = join(folder, 'yazl.zip');
  await pipeline(zip.outputStream, createWriteStream(path));
  return readFileSync(path);
}
