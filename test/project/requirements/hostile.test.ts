import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { followRequirements, parseRequirements } from '../../../src/project/requirements/index.js';
import { file, line, temporaryProject, variable } from './temporary-project.js';

const pieces = [
  ...[
    '-r ',
    '-c ',
    '-e ',
    '-f ',
    '--find-links=',
    '-i ',
    '--requirement=',
    '--hash=',
    '-',
    '--',
    ' ; ',
    ' @ ',
  ],
  ...[
    'a.txt',
    'b.txt',
    './lib',
    './out',
    'out/secret.txt',
    '../',
    '/',
    '/etc/passwd',
    'file:',
    'file://',
    '%2e%2e/',
  ],
  ...[
    '%00',
    '\0',
    '\\',
    '\\\n',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '"',
    "'",
    '[',
    ']',
    '[x]',
    '(',
    ')',
    '#egg=',
    '$',
    '`',
    variable('X'),
  ],
  ...[
    'git+ssh://',
    'https://',
    'u:hunter2@',
    'hunter2',
    ':',
    '@',
    '.whl',
    '.zip',
    'name',
    '==',
    '1.0',
    'python_version',
  ],
  ...[
    '\u202e',
    '\ud800',
    '😀',
    '\ufeff',
    '# coding: utf-16\n',
    'x'.repeat(300),
    '.'.repeat(50),
    '../'.repeat(30),
  ],
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

it('hostile texts are read to the end, and every place told lies in the text', () => {
  fc.assert(
    fc.property(text, (content) => {
      const lines = content.split(/\r\n|[\r\n]/);
      for (const read of parseRequirements(content)) {
        expect(read.column).toBeGreaterThan(0);
        expect(read.column).toBeLessThanOrEqual((lines[read.line - 1] ?? '').length + 1);
      }
    }),
    { numRuns: 3000 },
  );
});

it('hostile files and lines never crash the reader, nor lead it out of the project', async () => {
  const elsewhere = temporaryProject({ 'secret.txt': '--secret-option', 'setup.py': '' });
  const files = { 'lib/setup.py': '', 'b.txt': '-r a.txt' };
  await fc.assert(
    fc.asyncProperty(text, fc.uint8Array({ maxLength: 30 }), async (content, bytes) => {
      const root = temporaryProject({ ...files, 'a.txt': content, 'c.txt': bytes });
      symlinkSync(elsewhere, join(root, 'out'));
      const found = await followRequirements(root, [
        file('a.txt'),
        file('c.txt'),
        line(content),
        file(content),
      ]);
      for (const { path } of found.requirements.inputs) {
        expect(path).not.toMatch(/^\/|^out\b|(^|\/)\.\.?(\/|$)|[\\\p{Cc}\p{Surrogate}]|^\s|\s$/u);
      }
      const told = JSON.stringify(found.diagnostics);
      expect(told).not.toContain('secret-option');
    }),
    { numRuns: 300 },
  );
}, 300_000);

it('no password is ever told, whatever is wrong with its line', async () => {
  const around = fc.array(
    fc.constantFrom(...pieces.filter((piece) => !/hunter2|\n|#|^u/.test(piece))),
    { maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(around, around, async (before, after) => {
      const content = `${before.join('')}https://me:hunter2@example.org/${after.join('')}`;
      const root = temporaryProject({ 'a.txt': content });
      const { diagnostics } = await followRequirements(root, [file('a.txt'), line(content)]);
      expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
    }),
    { numRuns: 500 },
  );
}, 300_000);

it.each([
  ['blanks', ' '.repeat(1_000_000)],
  ['backslashes', '\\\n'.repeat(500_000)],
  ['brackets', `./${'['.repeat(1_000_000)}]`],
  ['parentheses', `x; ${'('.repeat(1_000_000)}`],
  ['URLs', `-i ${'x://y:z'.repeat(100_000)}`],
  ['dashes', `x${'-'.repeat(1_000_000)}.whl`],
  ['letters', `-r ${'a'.repeat(1_000_000)}`],
  ['quotation marks', `-r ${'"a" '.repeat(250_000)}`],
  ['hashes', `x ${'--hash=sha256:a '.repeat(60_000)}`],
  ['paths', './a/b.zip\n'.repeat(100_000)],
  ['nested files', '-r a.txt\n'.repeat(100_000)],
])(
  'a megabyte of %s comes to an end',
  async (_, content) => {
    const root = temporaryProject({ 'a.txt': content, 'a/b.zip': '' });
    const { requirements } = await followRequirements(root, [file('a.txt')]);
    expect(requirements.sources).toHaveLength(1);
  },
  300_000,
);
