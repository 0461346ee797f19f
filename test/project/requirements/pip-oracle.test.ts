import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRequirements } from '../../../src/project/requirements/index.js';
import { readEditable, readRequirement } from '../../../src/project/requirements/target.js';
import { editables, folder, pieces, requirements } from './pip-corpus.js';
import { temporaryProject } from './temporary-project.js';

const hasPip = spawnSync('python3', ['-c', 'import pip._internal.req.req_file']).status === 0;
const program = fileURLToPath(new URL('pip-oracle.py', import.meta.url));

interface Asked {
  readonly files: readonly string[];
  readonly requirements: readonly string[];
  readonly editables: readonly string[];
}

/** Asks pip in an empty folder, or one with `files`, and without any variable it could put in. */
function askPip(asked: Partial<Asked>, files: Record<string, string> = {}) {
  const all: Asked = { files: [], requirements: [], editables: [], ...asked };
  const { stdout, stderr } = spawnSync('python3', [program], {
    cwd: temporaryProject(files),
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PYTHONPATH: process.env.PYTHONPATH,
      PYTHONUTF8: '1',
    },
    input: JSON.stringify(all),
    encoding: 'utf8',
  });
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout) as { files: string[][]; requirements: string[]; editables: string[] };
}

/** Our reading of a file in the words of the oracle. */
function readFile(text: string): string[] {
  return parseRequirements(text).flatMap((line) => {
    if (line.kind === 'invalid') return ['refused'];
    if (line.kind === 'include') return [`${line.role} ${line.value}`];
    if (line.kind === 'option' && line.option === '--find-links')
      return [`find-links ${line.value}`];
    return line.kind === 'requirement' || line.kind === 'editable'
      ? [`${line.kind} ${line.value}`]
      : [];
  });
}

it.skipIf(!hasPip)(
  'files are read like pip reads them, whatever they are put together from',
  () => {
    const text = fc
      .array(fc.constantFrom(...pieces), { maxLength: 25 })
      .map((parts) => parts.join(''));
    const files = fc.sample(text, { numRuns: 5000, seed: 20 });
    const pip = askPip({ files }).files;
    expect(files.map((file) => [file, readFile(file)])).toEqual(
      files.map((file, at) => [file, pip[at]]),
    );
  },
);

it.skipIf(!hasPip)(
  'no requirement is refused that pip takes, and each goes where pip looks',
  () => {
    const pip = askPip({ requirements, editables }, folder);
    const differing = [
      ...requirements.map((text, at) => [text, readRequirement(text).kind, pip.requirements[at]]),
      ...editables.map((text, at) => [`-e ${text}`, readEditable(text).kind, pip.editables[at]]),
    ].filter(([, ours, pips]) =>
      pips === 'refused' ? ours === 'index' || ours === 'remote' : ours !== pips,
    );
    expect(differing).toEqual([]);
  },
);

it.skipIf(!hasPip)('texts near to requirements are refused only where pip refuses them', () => {
  const parts = [
    'x',
    '[a]',
    '[',
    ']',
    '==',
    '>=1',
    ',',
    '1.0',
    ' ',
    ';',
    'python_version',
    '"3"',
    '(',
    ')',
    '@',
  ];
  const more = [
    'git+https://h/x',
    './',
    'and',
    'not',
    'in',
    '<',
    "'",
    '.zip',
    '#egg=x',
    'file:',
    '/',
    '.',
    '-1-',
  ];
  const text = fc
    .array(fc.constantFrom(...parts, ...more), { minLength: 1, maxLength: 9 })
    .map((all) => all.join('').trim())
    // pip 23 takes `x==`, and then finds no version that is equal to none
    .filter((one) => one !== '' && !/(==|~=)\s*([;,)]|$)/.test(one));
  const texts = fc.sample(text, { numRuns: 5000, seed: 21 });
  const pip = askPip({ requirements: texts, editables: texts });
  const wrong = texts.filter(
    (one, at) =>
      (readRequirement(one).kind === 'invalid' && pip.requirements[at] !== 'refused') ||
      (readEditable(one).kind === 'invalid' && pip.editables[at] !== 'refused'),
  );
  expect(wrong).toEqual([]);
});
