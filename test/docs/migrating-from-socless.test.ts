import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { soclessOptionNames } from '../../src/manifest/serverless/options.js';
import { readPage } from './page.js';

const page = readPage('migrating-from-socless.md');
const DOCS = join(import.meta.dirname, '../../docs');

/** Rows of the table below a heading, by the text of their first cell. */
function rowsBelow(heading: string): readonly (readonly string[])[] {
  const section = page.text.split(`\n## ${heading}\n`)[1]?.split(/^## /m)[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));
}

describe('the page for who comes from socless_integration_packager', () => {
  test('has each option of pkgr in its table, and no other', () => {
    const named = rowsBelow('Options').flatMap(([cell = '']) => /^`(\w+)`$/.exec(cell)?.[1] ?? []);
    expect([...named].sort()).toEqual([...soclessOptionNames].sort());
  });

  test('says of each difference whether it is one, and why where it is not for the better', () => {
    for (const heading of ['Options', 'What is in a zip', 'Which functions']) {
      const rows = rowsBelow(heading);
      expect(rows.length).toBeGreaterThan(7);
      for (const row of rows) {
        expect(row, row[0]).toHaveLength(4);
        expect(row[3], row[0]).toMatch(/^(same|better|different|new|no effect)/);
      }
    }
  });

  test('has commands and options that the command line has', () => {
    const terminal = { cwd: '/', env: {}, result() {}, say() {} };
    const program = createProgram(terminal as unknown as Parameters<typeof createProgram>[0]);
    const lines = [...page.text.matchAll(/npx pkgr (\w+)([^\n#`]*)/g)];
    expect(lines.length).toBeGreaterThan(6);
    for (const [line, name, rest = ''] of lines) {
      const command = program.commands.find((one) => one.name() === name);
      expect(command, line).toBeDefined();
      const known = command?.options.flatMap(({ short, long }) => [short, long]);
      for (const option of rest.split(' ').filter((word) => word.startsWith('-'))) {
        expect(known, line).toContain(option);
      }
    }
  });

  test('names pages and headings that are there', () => {
    const links = [...page.text.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)];
    expect(links.length).toBeGreaterThan(6);
    for (const [link, path = '', heading] of links) {
      const text = path === '' ? page.text : readFileSync(join(DOCS, path), 'utf8');
      const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replace(/[^\w\- ]/g, '')
          .replaceAll(' ', '-'),
      );
      if (heading !== undefined) expect(headings, link).toContain(heading);
    }
  });
});
