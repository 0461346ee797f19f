import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** What each room of src/ may import, besides itself; design: docs/decisions/layout.md. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  manifest: ['diagnostics'],
  project: ['manifest', 'diagnostics'],
  plan: ['project', 'diagnostics'],
  dockerfile: ['plan', 'project', 'diagnostics'],
  engine: ['diagnostics'],
  artifacts: ['diagnostics'],
  zip: ['diagnostics'],
  inspect: ['zip', 'diagnostics'],
  starter: ['project', 'diagnostics'],
  context: ['plan', 'project', 'diagnostics'],
  inputs: ['context', 'artifacts', 'plan', 'project', 'diagnostics'],
  sbom: ['inspect', 'artifacts', 'diagnostics'],
  host: ['context', 'plan', 'project', 'artifacts', 'diagnostics'],
  audit: ['plan', 'artifacts', 'diagnostics'],
  verify: ['plan', 'project', 'artifacts', 'diagnostics'],
  api: [
    'diagnostics',
    'manifest',
    'project',
    'plan',
    'dockerfile',
    'engine',
    'artifacts',
    'zip',
    'inspect',
    'context',
    'audit',
    'starter',
    'inputs',
    'sbom',
    'host',
    'verify',
  ],
  commands: ['api', 'diagnostics'],
  cli: ['commands', 'api', 'diagnostics'],
  serverless: ['api', 'diagnostics'],
};

const root = resolve(import.meta.dirname, '../../src');

test('every folder of src imports only what lies before it in the data flow', () => {
  const wrong = imports().filter(({ from, to }) => from !== to && !allowed[from]?.includes(to));
  expect(wrong).toEqual([]);
});

test('a folder is entered by its index, except from inside', () => {
  // The command line loads each command by itself, so that `pkgr --version` loads none.
  const wrong = imports().filter(
    ({ from, to, inside }) => from !== to && to !== 'commands' && inside !== 'index.ts',
  );
  expect(wrong).toEqual([]);
});

test('the rule knows every folder of src', () => {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(allowed).sort());
});

test('imports are found at all', () => {
  expect(imports().length).toBeGreaterThan(50);
});

function imports() {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return files
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => {
      const file = join(root, path);
      const specifiers = readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']*)'/g);
      return [...specifiers].flatMap(([, specifier = '']) => {
        const target = relative(root, resolve(dirname(file), specifier)).replace(/\.js$/, '.ts');
        if (target.startsWith('..')) return [];
        const [to = '', ...inside] = target.split('/');
        return [{ file: path, from: path.split('/')[0] ?? '', to, inside: inside.join('/') }];
      });
    });
}
