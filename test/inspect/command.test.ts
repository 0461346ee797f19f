import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { builtProject, projectWith, run } from './project.js';

let folder: string;

beforeEach(() => {
  folder = projectWith(builtProject);
});

test('a project is told of in tables, with what could be saved below', async () => {
  const { code, stdout, stderr } = await run(folder, ['inspect']);
  expect(code).toBe(0);
  expect(stderr).toBe(
    'notice: dist/later.zip does not exist, the zip of function "later" [zip-not-found]\n' +
      '  hint: build it first: pkgr build later\n',
  );
  await expect(stdout).toMatchFileSnapshot('expected/project.txt');
});

test('a unit, or its zip, is told of as the unit; any other zip by what it says itself', async () => {
  const unit = await run(folder, ['inspect', 'science']);
  expect(unit).toMatchObject({ code: 0, stderr: '' });
  expect(unit.stdout).toContain('requirements/science.txt:1 pandas==3.1.1 -> numpy');
  expect(await run(folder, ['inspect', './dist/science.zip'])).toEqual(unit);

  const alone = projectWith({ 'other.zip': builtProject['dist/science.zip'] ?? '' });
  const { stdout } = await run(folder, ['inspect', `${alone}/other.zip`]);
  await expect(stdout.replace(alone, '/tmp')).toMatchFileSnapshot('expected/zip.txt');
  expect(await run(alone, ['inspect', 'other.zip'])).toMatchObject({ code: 0, stderr: '' });
});

test('on a terminal lines end where it ends, and titles stand out unless colours are not wanted', async () => {
  const { stdout } = await run(folder, ['inspect', 'science'], { columns: 70 });
  expect(stdout).toContain('\u001b[1mscience\u001b[22m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const lines = stdout.replace(/\u001b\[\d+m/g, '').split('\n');
  const table = lines.slice(lines.findIndex((line) => line.includes('unzipped  ')));
  expect(Math.max(...table.slice(0, 4).map((line) => line.length))).toBeLessThanOrEqual(70);
  expect(stdout).toMatch(/requirement\S*\.\.\..*-> numpy/);
  for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
    const plain = await run(folder, ['inspect'], { columns: 200, env });
    expect(plain.stdout).not.toContain('\u001b');
  }
});

describe('--json', () => {
  test('is what the reference says, field by field', async () => {
    const { stdout } = await run(folder, ['inspect', '--json']);
    await expect(stdout).toMatchFileSnapshot('expected/project-json.txt');
    const reference = await readFile('docs/reference/inspect.md', 'utf8');
    const fields = fieldsOf(JSON.parse(stdout));
    expect(fields.size).toBeGreaterThan(20);
    for (const field of fields) expect(reference).toContain(`\`${field}\``);
  });
});

describe('what is wrong is told', () => {
  test.each([
    [['nothing'], 'pkgr.yml declares no unit "nothing" [unknown-unit]'],
    [['later'], 'dist/later.zip does not exist, the zip of function "later" [zip-not-found]'],
    [['gone.zip'], 'gone.zip does not exist [zip-not-found]'],
    [['pkgr.yml.zip', 'gone.zip'], 'error: pkgr.yml.zip is not a zip [not-a-zip]'],
  ])('%j', async (names, told) => {
    const other = projectWith({ ...builtProject, 'pkgr.yml.zip': 'functions:\n' });
    const { code, stdout, stderr } = await run(other, ['inspect', ...names]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(told);
    if (names.length > 1) expect(stderr).toContain('gone.zip does not exist');
  });

  test('without a manifest only zips can be named', async () => {
    const alone = projectWith({});
    expect((await run(alone, ['inspect'])).stderr).toContain('[manifest-not-found]');
    expect((await run(alone, ['inspect', 'report'])).stderr).toContain('[manifest-not-found]');
  });

  test('with a wrong manifest zips are told of without it', async () => {
    const wrong = projectWith({ ...builtProject, 'pkgr.yml': 'functions: 1\n' });
    const { code, stdout, stderr } = await run(wrong, ['inspect', 'dist/science.zip']);
    expect(code).toBe(0);
    expect(stderr).toContain('notice: the manifest in this folder is wrong');
    expect(stdout).toContain('pandas -> numpy');
    expect((await run(wrong, ['inspect'])).code).toBe(2);
  });

  test('hostile names reach the terminal as text', async () => {
    const hostile = projectWith({ 'a.zip': [{ name: 'lib\u001b[31m.so', content: 'x' }] });
    const { stdout } = await run(hostile, ['inspect', 'a.zip'], { columns: 200 });
    expect(stdout).toContain('lib\\u001b[31m.so');
  });
});

/** Keys at any depth. */
function fieldsOf(value: unknown, fields = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return fields;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) fields.add(key);
    fieldsOf(inner, fields);
  }
  return fields;
}
