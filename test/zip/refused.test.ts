import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openZip } from '../../src/zip/index.js';
import { link, type MadeEntry, type MadeZip, zipBytes } from './make-zip.js';
import { opened, refusal } from './opened.js';

const app: MadeEntry = { name: 'app.py', content: 'def handler(event, context):\n    pass\n' };
const text = 'x'.repeat(1000);

function said(entries: readonly MadeEntry[], zip?: MadeZip): string {
  return refusal(() => opened(zipBytes(entries, zip)));
}

describe('a file that is no zip', () => {
  test('that does not exist, is a folder, empty or something else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pkgr-zip-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'empty.zip'), '');
    const told = ['gone.zip', 'empty.zip/a.zip', '', 'empty.zip'].map((name) =>
      refusal(() => openZip(join(folder, name), 'a.zip')),
    );
    expect(told).toEqual([
      'error: a.zip does not exist [zip-not-found]',
      'error: a.zip does not exist [zip-not-found]',
      'error: a.zip is a folder, not a zip [not-a-zip]',
      expect.stringContaining('a.zip is empty, which no zip is [not-a-zip]'),
    ]);
    expect(refusal(() => opened(Buffer.from('#!/bin/sh\n')))).toBe(
      'error: a.zip is not a zip [not-a-zip]\n  hint: name a zip, or a unit of the manifest',
    );
  });

  test('is told from one that was cut off, wherever it was cut', () => {
    const whole = zipBytes([app, { name: 'b', content: text }]);
    for (let length = 4; length < whole.length; length += 1) {
      expect(refusal(() => opened(whole.subarray(0, length)))).toMatch(
        /^error: a\.zip (is cut off: it begins as a zip and has no end|ends before)/,
      );
    }
    expect(refusal(() => opened(whole.subarray(0, 50)))).toContain(
      '(50 bytes are there) [zip-truncated]\n  hint: build it again, or copy it whole',
    );
  });
});

describe('an entry that may not be unpacked', () => {
  test.each([
    ['../evil.py', '"../evil.py", which leads out of where it is unpacked'],
    ['a/../../evil.py', '"a/../../evil.py", which leads out of where it is unpacked'],
    ['/etc/passwd', '"/etc/passwd", which is an absolute path'],
    ['C:/evil.py', '"C:/evil.py", which is an absolute path on Windows'],
    ['..\\evil.py', '"..\\\\evil.py", whose backslash is another path on Windows'],
    ['a.py\0.txt', '"a.py\\u0000.txt", whose name holds a NUL, behind which some readers stop'],
    ['', '"", which names nothing'],
    ['./', '"./", which names nothing'],
    [Buffer.from([0x61, 0xff]), '"aÿ" whose name is not in UTF-8'],
  ])('by its name %j', (name, told) => {
    expect(said([app, { name }])).toContain(`error: a.zip has an entry ${told} [zip-unsafe-name]`);
  });

  test.each([
    ['a', '/etc/passwd'],
    ['a', '..'],
    ['a', 'b/../../c'],
    ['python/lib/a', '../../../x'],
  ])('the link %s to %s', (name, content) => {
    const told = `a.zip has a link "${name}" to "${content}", which leads out of where it is unpacked`;
    expect(said([{ name, content, mode: link }])).toContain(`${told} [zip-unsafe-name]`);
  });

  test('links that lead out only one after the other', () => {
    const up = { name: 'a/b/up', content: '../..', mode: link };
    expect(said([up, { name: 'out', content: 'a/b/up/..', mode: link }])).toContain(
      'a.zip has a link "out" to "a/b/up/.."',
    );
  });

  test('what lies below a link, or below a file', () => {
    expect(said([{ name: 'a', content: 'b', mode: link }, { name: 'a/c' }])).toContain(
      'has an entry "a/c" below the link "a", which would lead it elsewhere [zip-unsafe-name]',
    );
    expect(said([{ name: 'a' }, { name: 'a/b/c' }])).toContain(
      'has "a" both as a file and as the folder of "a/b/c" [zip-duplicate-name]',
    );
  });

  test('a device, a pipe, a socket', () => {
    expect(said([{ name: 'tty', mode: 0o020666 }])).toContain(
      'has an entry "tty" that is neither file, link nor folder [zip-unsafe-name]',
    );
  });

  test('one that is encrypted, or packed by a rare method', () => {
    expect(said([{ ...app, flags: 0x801 }])).toBe(
      'error: a.zip has an entry "app.py" that is encrypted [zip-encrypted]\n' +
        '  hint: Lambda cannot unpack it: zip it without a password',
    );
    expect(said([{ ...app, method: 14 }])).toContain(
      'has an entry "app.py" that is compressed by the method 14 [zip-unsupported]',
    );
  });
});

describe('a zip that contradicts itself', () => {
  test('by two entries of one name, however it is written', () => {
    expect(said([app, app])).toContain('a.zip has two entries "app.py" [zip-duplicate-name]');
    expect(said([app, { name: './app.py' }])).toContain('has two entries "app.py"');
  });

  test.each<[string, MadeEntry['local']]>([
    ['name', { name: 'app.pyc' }],
    ['method', { method: 0 }],
    ['CRC', { crc: 1 }],
    ['size', { size: 5 }],
    ['packed size', { packedSize: 5 }],
    ['encryption', { flags: 0x801 }],
  ])('by another %s in the header than in the directory', (what, local = {}) => {
    expect(said([{ ...app, local }])).toContain(
      `says two things of the entry "app.py": ${what} differ in its header and in the directory [zip-damaged]`,
    );
  });

  test('by sizes that cannot be', () => {
    expect(said([{ ...app, size: 5_000_000 }])).toMatch(
      /that cannot have 5000000 bytes out of \d+ \[zip-damaged]/,
    );
    expect(said([{ ...app, method: 0, size: 3 }])).toContain('is stored as it is, with two sizes');
    expect(said([{ name: 'a/', content: 'x' }])).toContain('"a" that is a folder with 1 bytes');
  });

  test('by a directory elsewhere, by a number of entries, by parts', () => {
    expect(said([app], { directoryOffset: 3 })).toContain('directory that is not where its end');
    expect(said([app], { before: Buffer.from('#!/bin/sh\n') })).toContain('[zip-damaged]');
    expect(said([app], { entries: 2 })).toContain('has 1 entries in its directory and says 2');
    expect(said([app], { disk: 1 })).toContain('is one part of a zip that was split');
    expect(said([app], { behind: Buffer.from('more') })).toContain('something behind its end');
    expect(said([{ ...app, start: 7 }])).toContain('has no data for the entry "app.py"');
  });

  test('by a CRC or a size that only its data show', () => {
    const read = (entry: MadeEntry) => {
      const zip = opened(zipBytes([entry]));
      return refusal(() => zip.entries.map((each) => zip.read(each, 10_000)));
    };
    expect(read({ ...app, crc: 1 })).toContain(
      'an entry "app.py" whose CRC is another [zip-damaged]',
    );
    expect(read({ ...app, size: 5 })).toContain('whose size is another, or data broken');
    expect(read({ ...app, size: 9000 })).toContain('whose size is another, or data broken');
    expect(read(app)).toBe('it was accepted');
  });
});

describe('a zip bomb', () => {
  test('by what it says that it unpacks to', () => {
    const huge = { name: 'zeros', content: Buffer.alloc(1000), size: 0xfffffffe, packedSize: 5e6 };
    expect(said([{ ...huge, method: 8 }])).toMatch(/would unpack to 4294967294 bytes.*\[zip-bomb]/);
  });

  test('by entries that share their data', () => {
    const first = { name: 'a', content: text };
    expect(said([first, { ...first, name: 'b', sharesData: true }])).toContain(
      'a.zip has an entry "a" whose data reach into "b" [zip-overlap]',
    );
    expect(said([{ ...app, local: {}, packedSize: 300, size: 300, flags: 0x808 }])).toContain(
      'has an entry "app.py" whose data reach into the directory [zip-overlap]',
    );
  });

  test('by more than is said when it is read', () => {
    const zip = opened(zipBytes([{ name: 'a', content: Buffer.alloc(1 << 20), size: 1000 }]));
    expect(refusal(() => zip.entries.map((each) => zip.read(each, 2000)))).toContain(
      '[zip-damaged]',
    );
    expect(refusal(() => zip.entries.map((each) => zip.read(each, 999)))).toMatch(
      /an entry "a" of \d+ bytes where 999 are read at most \[zip-bomb]/,
    );
  });

  test('by a number of entries, of which none is read', () => {
    expect(said([app], { zip64: true, entries: 500_001 })).toContain(
      'has 500001 entries in a directory of 52 bytes; 500000 are read at most [zip-too-many-entries]',
    );
  });
});

test('everything that is wrong is told at once, up to a measure', () => {
  const entries = Array.from({ length: 30 }, (_, index) => ({ name: `../${index}` }));
  const lines = said(entries).split('\n');
  expect(lines.filter((line) => line.startsWith('error: '))).toHaveLength(20);
  expect(lines).toContain('  | and 10 more problems of this zip');
});

test('a name does not reach the terminal as it is', () => {
  const told = said([{ name: `../\u001b[31m\n${'x'.repeat(5000)}` }]);
  expect(told).toContain('"../\\u001b[31m\\nxxx');
  expect(told.length).toBeLessThan(400);
});
