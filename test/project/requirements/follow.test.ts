import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRequirementsReader } from '../../../src/project/requirements/index.js';
import { file, follow, line, temporaryProject, variable } from './temporary-project.js';

const wheel = 'vendor/a-1-py3-none-any.whl';

describe('inputs', () => {
  it('are every file three levels deep, each level relative to the file that names it', async () => {
    const root = temporaryProject({
      'functions/one/requirements.txt': '-r ../../shared/base.txt\nrequests\n',
      'shared/base.txt': '-r deep/more.txt\n-c pins.txt\n',
      'shared/deep/more.txt': `-r most/last.txt\n./${wheel}\n`,
      'shared/deep/most/last.txt': '-c ../../pins.txt\nsix\n',
      'shared/pins.txt': 'six==1.16.0\n',
      [wheel]: '',
    });
    expect(await follow(root, file('functions/one/requirements.txt'))).toEqual({
      inputs: [
        'functions/one/requirements.txt',
        'shared/base.txt',
        'shared/deep/more.txt',
        'shared/deep/most/last.txt',
        'shared/pins.txt',
        wheel,
      ],
      usesSsh: false,
      told: '',
    });
  });

  it('are wheels, sdists, project folders and folders of --find-links', async () => {
    const root = temporaryProject({
      'requirements.txt': [
        `./${wheel}`,
        'vendor/b-1.tar.gz ; python_version > "3"',
        './lib[extra]',
        '-e libs/c',
        'file:./libs/d#egg=d',
        'file:libs/mono#subdirectory=e',
        'b-2.zip',
        '-f wheelhouse',
        '--extra-index-url simple',
      ].join('\n'),
      [wheel]: '',
      'vendor/b-1.tar.gz': '',
      'lib/setup.py': '',
      'libs/c/pyproject.toml': '',
      'libs/d/setup.py': '',
      'libs/mono/e/setup.py': '',
      'b-2.zip': '',
      'wheelhouse/': '',
      'simple/': '',
    });
    const { inputs, told } = await follow(root, file('requirements.txt'));
    expect(told).toBe('');
    expect(inputs).toEqual([
      'b-2.zip',
      'lib/',
      'libs/c/',
      'libs/d/',
      'libs/mono/',
      'requirements.txt',
      'simple/',
      wheel,
      'vendor/b-1.tar.gz',
      'wheelhouse/',
    ]);
  });

  it('leave out what lies in a folder that is listed, but not what is only named like it', async () => {
    const root = temporaryProject({
      'lib/setup.py': '',
      'lib/requirements.txt': '-e ./lib\n./lib/inner\n-f ./lib/wheels\n',
      'lib/inner/setup.py': '',
      'lib/wheels/': '',
      'lib-two/setup.py': '',
      'lib.txt': './lib-two',
    });
    const { inputs } = await follow(root, file('lib/requirements.txt'), file('lib.txt'));
    expect(inputs).toEqual(['lib/', 'lib-two/', 'lib.txt']);
  });

  it('are the whole project when it is installed itself', async () => {
    const root = temporaryProject({ 'requirements.txt': '-e .\n', 'pyproject.toml': '' });
    const { requirements } = await createRequirementsReader(root).follow([
      file('requirements.txt'),
    ]);
    expect(requirements.inputs).toEqual([{ kind: 'directory', path: '' }]);
  });

  it('are only the packages of the project folder when --find-links names it', async () => {
    const root = temporaryProject({ 'a-1.zip': '', 'b.html': '', 'c.py': '', 'dist/d.zip': '' });
    expect((await follow(root, line('--find-links .'))).inputs).toEqual(['a-1.zip', 'b.html']);
  });

  it('of --find-links are sought beside the requirements file, then in the project folder', async () => {
    const root = temporaryProject({
      'one/requirements.txt': '-f wheels',
      'one/wheels/': '',
      'two/requirements.txt': '-f wheels',
      'wheels/': '',
    });
    expect((await follow(root, file('one/requirements.txt'))).inputs).toContain('one/wheels/');
    expect((await follow(root, file('two/requirements.txt'))).inputs).toContain('wheels/');
  });

  it('come from requirements written in the manifest, too', async () => {
    const root = temporaryProject({ 'a.txt': `./${wheel}`, [wheel]: '', 'lib/setup.py': '' });
    const found = await follow(root, line('-r a.txt'), line('requests>=2'), line('./lib'));
    expect(found).toEqual({ inputs: ['a.txt', 'lib/', wheel], usesSsh: false, told: '' });
  });

  it('are found through links that stay in the project', async () => {
    const root = temporaryProject({
      [`third-party/${wheel}`]: '',
      'requirements.txt': `./${wheel}`,
    });
    symlinkSync('third-party/vendor', join(root, 'vendor'));
    const found = await follow(root, file('requirements.txt'));
    expect(found).toEqual({ inputs: ['requirements.txt', wheel], usesSsh: false, told: '' });
  });

  it('do not hold what an environment variable or a server decides', async () => {
    const root = temporaryProject({
      'requirements.txt': [
        `-r ${variable('WHERE')}/a.txt`,
        `./${variable('WHICH')}.whl`,
        `-f ${variable('LINKS')}`,
        `--index-url https://${variable('TOKEN')}@h/simple`,
        '-r https://example.org/a.txt',
        '-f https://example.org/links',
        'git+https://example.org/a.git',
      ].join('\n'),
    });
    const found = await follow(root, file('requirements.txt'));
    expect(found).toEqual({ inputs: ['requirements.txt'], usesSsh: false, told: '' });
  });
});

describe('SSH', () => {
  it.each([
    ['a @ git+ssh://git@example.org/a.git', true],
    ['-e git+ssh://git@example.org/a.git#egg=a', true],
    ['hg+ssh://example.org/a', true],
    [`git+ssh://git@${variable('HOST')}/a.git`, true],
    ['a @ git+https://example.org/a.git', false],
    ['a ; os_name == "git+ssh://"', false],
  ])('is needed by %j: %s', async (text, expected) => {
    const root = temporaryProject({ 'requirements.txt': '-r nested.txt', 'nested.txt': text });
    expect(await follow(root, file('requirements.txt'))).toMatchObject({
      usesSsh: expected,
      told: '',
    });
  });
});

describe('encodings', () => {
  const path = 'vendor/é-1-py3-none-any.whl';
  it.each([
    ['UTF-8', Buffer.from(`./${path}`)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff./${path}`)],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff./${path}`, 'utf16le')],
    ['latin-1 that says so', Buffer.from(`# -*- coding: latin-1 -*-\n./${path}`, 'latin1')],
    ['latin-1 that says so in line two', Buffer.from(`#\n# coding=iso8859-1\n./${path}`, 'latin1')],
    ['Windows text that says so', Buffer.from(`# coding: cp1252\r\n./${path}`, 'latin1')],
  ])('%s is read', async (_, bytes) => {
    const root = temporaryProject({ 'requirements.txt': bytes, [path]: '' });
    const found = await follow(root, file('requirements.txt'));
    expect(found).toEqual({ inputs: ['requirements.txt', path], usesSsh: false, told: '' });
  });
});

describe('a reader', () => {
  it('gives a thousand units that share files the same diagnostics, reading each file once', async () => {
    const root = temporaryProject({
      'requirements.txt': '-r a.txt\n--bad\n',
      'a.txt': Array.from({ length: 200 }, (_, at) => `package-${at}==1.0`).join('\n'),
    });
    const reader = createRequirementsReader(root);
    const first = await reader.follow([file('requirements.txt')]);
    rmSync(root, { recursive: true }); // whoever reads again finds nothing
    const all = new Set(first.diagnostics);
    for (let unit = 0; unit < 1000; unit += 1) {
      const next = await reader.follow([file('a.txt'), line('six'), line('-r requirements.txt')]);
      expect(next.requirements.inputs).toEqual(first.requirements.inputs);
      for (const diagnostic of next.diagnostics) all.add(diagnostic);
    }
    expect(all.size).toBe(1);
  });
});
