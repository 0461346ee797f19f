import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { build, type FunctionPart, namesIn, newService, serviceText } from './service.js';

const files = {
  'functions/hello/lambda.py': 'def handler(event, context): pass\n',
  'functions/hello/notes.md': '',
  'functions/hello/tests/test_it.py': '',
  'functions/hello/tests/data/keep.json': '{}',
  'functions/hello/data/a.json': '{}',
  'functions/hello/data/deep/b.json': '{}',
  'functions/hello/[odd].txt': '',
  'functions/other/lambda.py': '',
  'functions/other/extra.py': '',
  'common_files/helpers.py': '',
  'common_files/notes.md': '',
  'single/tool.py': '',
};

/** What each function's package is, and what its zip has besides common_files. */
const cases: Readonly<
  Record<string, readonly [packaging: FunctionPart, names: readonly string[]]>
> = {
  'a folder is its contents at the root': [
    { include: ['functions/other'] },
    ['extra.py', 'lambda.py'],
  ],
  'a slash at its end and a dot at its front change nothing': [
    { include: ['./functions/other/'] },
    ['extra.py', 'lambda.py'],
  ],
  'a file lies at the root under its own name': [
    { include: ['functions/other', 'single/tool.py'] },
    ['extra.py', 'lambda.py', 'tool.py'],
  ],
  'two folders lie over each other': [
    { include: ['functions/other', 'functions/hello/data'] },
    ['a.json', 'deep/b.json', 'extra.py', 'lambda.py'],
  ],
  'patterns are read like include': [{ patterns: ['functions/other'] }, ['extra.py', 'lambda.py']],
  'a pattern is what it matches from its folder on': [
    { patterns: ['functions/hello/*.py', 'functions/hello/data/**/*.json'] },
    ['data/a.json', 'data/deep/b.json', 'lambda.py'],
  ],
  'a star alone is the files of the folder only': [
    { patterns: ['functions/hello/*'] },
    ['[odd].txt', 'lambda.py', 'notes.md'],
  ],
  'alternatives in braces are all meant': [
    { patterns: ['functions/hello/{lambda.py,data/*.json}'] },
    ['data/a.json', 'lambda.py'],
  ],
  'an exclamation mark leaves out': [
    {
      patterns: [
        'functions/hello',
        '!functions/hello/tests/**',
        '!**/*.md',
        '!functions/hello/data',
      ],
    },
    ['[odd].txt', 'lambda.py'],
  ],
  'what was left out can be taken back': [
    {
      patterns: [
        'functions/hello',
        '!functions/hello/tests/**',
        'functions/hello/tests/data/*.json',
        '!functions/hello/data/**',
        'functions/hello/data/a.json',
        '!**/*.md',
      ],
    },
    ['[odd].txt', 'data/a.json', 'lambda.py', 'tests/data/keep.json'],
  ],
  'exclude leaves out part of a folder': [
    { include: ['functions/hello'], exclude: ['functions/hello/tests/**', '**/*.md', '**/*.json'] },
    ['[odd].txt', 'lambda.py'],
  ],
  'exclude of everything means all but what is included': [
    { include: ['functions/other'], exclude: ['**', 'functions/**'] },
    ['extra.py', 'lambda.py'],
  ],
  'a name with the signs of a pattern is a name where it exists': [
    { include: ['functions/hello/[odd].txt', 'functions/other/lambda.py'] },
    ['[odd].txt', 'lambda.py'],
  ],
};

/** Those whose patterns are for all files leave out that of common_files, too. */
const withoutNotes = (packaging: FunctionPart) => JSON.stringify(packaging).includes('**/*.md');

describe('package of a function', () => {
  let folder = '';
  const nameOf = (index: number) => `f${index}`;

  beforeAll(async () => {
    const functions = Object.fromEntries(
      Object.values(cases).map(([packaging], index) => [
        nameOf(index),
        { name: nameOf(index), handler: 'lambda.handler', package: packaging },
      ]),
    );
    folder = newService(serviceText({ useDocker: false }, functions), files);
    const run = await build(folder);
    if (run.code !== 0) throw new Error(run.stderr);
  });

  test.each(
    Object.entries(cases).map(([title, [packaging, names]], index) => ({
      title,
      packaging,
      names,
      index,
    })),
  )('$title', async ({ packaging, names, index }) => {
    const common = withoutNotes(packaging) ? ['helpers.py'] : ['helpers.py', 'notes.md'];
    const expected = [...new Set([...common, ...names])].sort();
    expect(await namesIn(join(folder, `_build/${nameOf(index)}.zip`))).toEqual(expected);
  });
});

test('package of the service goes before that of the function', async () => {
  const hello = {
    name: 'hello',
    handler: 'lambda.handler',
    package: { patterns: ['functions/other', '!functions/other/extra.py'] },
  };
  const folder = newService(
    serviceText(
      { useDocker: false, globalIncludes: [] },
      { hello },
      { package: { include: ['single'], patterns: ['!**/tool.py', 'single/tool.py'] } },
    ),
    files,
  );
  const run = await build(folder);
  expect(run.code, run.stderr).toBe(0);
  expect(await namesIn(join(folder, '_build/hello.zip'))).toEqual(['lambda.py', 'tool.py']);
});

test.each([
  [
    { include: ['fucntions/other'] },
    'fucntions/other does not exist',
    'did you mean functions/other?',
  ],
  [
    { patterns: ['functions/othr/*.py'] },
    'functions/othr does not exist',
    'did you mean functions/other',
  ],
  [
    { patterns: ['functions/other/*.txt'] },
    'functions/other/*.txt matches nothing',
    'correct the pattern',
  ],
  [
    { patterns: ['functions/+(a|b)/*.py'] },
    'has an extended pattern in round brackets',
    'write out',
  ],
  [{ include: ['../outside'] }, '../outside leads out of the project folder', 'copy it there'],
])('%j is refused before anything is built', async (packaging, problem, hint) => {
  const hello = { name: 'hello', package: packaging };
  const run = await build(newService(serviceText({ useDocker: false }, { hello }), files));
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(problem);
  expect(run.stderr).toContain(hint);
});
