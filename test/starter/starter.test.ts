import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { init, openProject } from '../../src/api/index.js';
import { formatDiagnostics, PkgrError } from '../../src/diagnostics/index.js';
import { printStarter, type Starter } from '../../src/starter/index.js';
import { newProject, zipHashes } from '../build/project.js';
import { build } from '../build/run.js';
import { hasEngine } from '../engine/local-engine.js';
import { copyExample } from '../examples/example.js';

const today = new Date('2025-01-01T12:00:00Z');
const textIn = (folder: string) => readFileSync(join(folder, 'pkgr.yml'), 'utf8');
const expected = (name: string) => join(import.meta.dirname, 'expected', name);

async function refusalOf(cwd: string, manifest?: string): Promise<string> {
  const options = { cwd, today, ...(manifest !== undefined && { manifest }) };
  const error = await init(options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PkgrError) return formatDiagnostics(error.diagnostics);
  throw error ?? new Error('it was not refused');
}

const folders = {
  '.python-version': '3.12.4\n',
  'requirements.txt': 'six\n',
  'common/tools.py': '',
  'models/__init__.py': '',
  'functions/hello/app.py': 'import tools\n\n\ndef handler(event, context):\n    return {}\n',
  'functions/hello/requirements.txt': 'requests\n',
  'functions/bye/main.py':
    'from models import x\nasync def lambda_handler(event: dict, context: object) -> dict:\n    ...\n',
  'functions/two/first.py': 'def handler(event, _context): ...\n',
  'functions/two/second.py': 'def on_event_handler(_event, _context): ...\n',
  'functions/none/app.py':
    'def handler(request): ...\nclass A:\n    def handler(event, context): ...\n',
  'tests/test_app.py': 'def handler(event, context): ...\n',
  '.venv/lib/app.py': 'def handler(event, context): ...\n',
};

describe('a folder without a manifest', () => {
  test('becomes a function for each file with a handler, commented', async () => {
    const cwd = newProject(folders);
    const { units } = await init({ cwd, today });
    expect(units).toEqual(['bye', 'hello', 'first', 'second']);
    await expect(textIn(cwd)).toMatchFileSnapshot(expected('folders.yml'));
  });

  test('can be planned at once, with what functions import from elsewhere', async () => {
    const cwd = newProject(folders);
    await init({ cwd, today });
    const { plan, diagnostics } = await openProject({ cwd, today });
    expect(diagnostics).toEqual([]);
    const hello = plan.units.find(({ name }) => name === 'hello');
    expect(hello).toMatchObject({ runtime: 'python3.12', handler: 'app.handler' });
    expect(hello?.code).toMatchObject([
      {
        copies: [{ from: 'common' }, { from: 'models', to: 'models' }, { from: 'functions/hello' }],
      },
    ]);
  });

  test('with a handler at its top is packed without its tests', async () => {
    const cwd = newProject({ 'app.py': 'def main(event, context): ...\n', 'tests/x.py': '' });
    await init({ cwd, today });
    await expect(textIn(cwd)).toMatchFileSnapshot(expected('one-file.yml'));
    await openProject({ cwd, today });
  });

  test.each([
    ['uv.lock', 'uv export -o requirements.txt'],
    ['poetry.lock', 'poetry export -o requirements.txt'],
    ['Pipfile.lock', 'pipenv requirements > requirements.txt'],
    ['pyproject.toml', 'pip-compile -o requirements.txt'],
  ])('whose packages are in %s is told how they get into a zip', async (file, command) => {
    const files = {
      'functions/a/app.py': 'def handler(event, context): ...\n',
      [file]: '[project]\ndependencies = ["six"]\n',
    };
    const told = `Packages of ${file} are not read: ${command}, and add requirements to global.`;
    expect((await init({ cwd: newProject(files), today })).decisions).toContain(told);
    const both = newProject({ ...files, 'requirements.txt': 'six\n' });
    expect((await init({ cwd: both, today })).decisions.join()).not.toContain(file);
  });

  test('with a pyproject.toml that names no packages is told nothing of it', async () => {
    const files = {
      'app.py': 'def handler(event, context): ...\n',
      'pyproject.toml': '[tool.x]\n',
    };
    const { decisions } = await init({ cwd: newProject(files), today });
    expect(decisions.join()).not.toContain('pyproject');
  });

  test('without any handler is told what one looks like', async () => {
    expect(await refusalOf(newProject({ 'app.py': 'x = 1\n' }))).toBe(
      [
        'error: there is no manifest of another tool in this folder, and no file with a handler [manifest-not-found]',
        '  hint: a handler is a function such as def handler(event, context); or name a manifest with -m FILE',
      ].join('\n'),
    );
  });
});

describe('a pkgr.yml that is there', () => {
  test.each([
    ['', 'app.py: handler'],
    ['functions: {a: {runtime: python3.13, include: app.py}}\n', 'right'],
    ['functions: {a: {includ: app.py}}\n', 'wrong'],
  ])('is never overwritten, whatever it holds: %j (%s)', async (text) => {
    const cwd = newProject({
      'app.py': 'def handler(event, context): ...\n',
      'manifest.yml': 'functions: {a: {include: [./app.py]}}\n',
      'pkgr.yml': text,
    });
    expect(await refusalOf(cwd)).toContain('pkgr.yml is there already');
    expect(await refusalOf(cwd, 'manifest.yml')).toContain('pkgr.yml is there already');
    expect(textIn(cwd)).toBe(text);
  });
});

test('what is wrong in the other manifest is told, and nothing is written', async () => {
  const cwd = newProject({ 'manifest.yml': 'functions: {a: {include: [./nothing.py]}}\n' });
  expect(await refusalOf(cwd)).toContain('manifest.yml:1:');
  expect(() => textIn(cwd)).toThrow('ENOENT');
});

describe('the text', () => {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
  const list = fc.array(name, { minLength: 1, maxLength: 3 });
  const unit = fc.record({
    kind: fc.constantFrom('function' as const, 'layer' as const),
    name,
    comments: fc.array(name, { maxLength: 2 }),
    keys: fc.record({ runtime: name, include: list, exclude: list }, { requiredKeys: ['runtime'] }),
  });
  const starters: fc.Arbitrary<Starter> = fc.record({
    origin: name,
    decisions: fc.array(name, { maxLength: 3 }),
    output: name,
    units: fc.uniqueArray(unit, {
      selector: (one) => `${one.kind} ${one.name}`,
      minLength: 1,
      maxLength: 4,
    }),
  });
  const ENDS_IN_EMPTY_LINES: Starter = {
    origin: 'x',
    decisions: [],
    output: '!\n\n',
    units: [{ kind: 'function', name: 'a\n\n', comments: [], keys: { runtime: 'b\n\n' } }],
  };
  const listOf = (value: unknown): readonly unknown[] =>
    value === undefined ? [] : Array.isArray(value) ? value : [value];

  test('says of every unit what it was given, whatever the names and values are', () => {
    fc.assert(
      fc.property(starters, (starter) => {
        const read = new Map(Object.entries(Object(load(printStarter(starter)))));
        expect(read.get('output')).toBe(starter.output);
        const global = Object(read.get('global'));
        for (const { kind, name: key, keys } of starter.units) {
          const own = new Map(Object.entries(Object(read.get(`${kind}s`)))).get(key);
          const written = Object(own);
          expect(written.runtime ?? global.runtime).toBe(keys.runtime);
          const shared = kind === 'function' ? listOf(global.include) : [];
          expect([...shared, ...listOf(written.include)]).toEqual(keys.include ?? []);
          expect([...listOf(global.exclude), ...listOf(written.exclude)]).toEqual(
            keys.exclude ?? [],
          );
        }
      }),
      { numRuns: 300, examples: [[ENDS_IN_EMPTY_LINES]] },
    );
  });
});

describe.runIf(hasEngine)('the pkgr.yml of a project of another tool', () => {
  test.each(['order-pipeline', 'jq-layer'] as const)('builds the same zips: %s', async (name) => {
    const example = await copyExample(name);
    await build(example.folder);
    const { output } = (await openProject({ cwd: example.folder, today })).project;
    const hashes = zipHashes(example.folder, output);
    await init({ cwd: example.folder, today });
    await expect(textIn(example.folder)).toMatchFileSnapshot(expected(`${name}.yml`));
    writeFileSync(join(example.folder, 'manifest.yml'), 'not: read any more\n');
    const results = await build(example.folder);
    expect(new Set(Object.values(results))).toEqual(new Set(['unchanged']));
    expect(zipHashes(example.folder, output)).toEqual(hashes);
    await example.remove();
  });
});
