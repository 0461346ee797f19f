import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { file, follow, line, temporaryProject, toldOf } from './temporary-project.js';

describe('a file that does not exist', () => {
  it('is told at its place in the manifest, with the name that was probably meant', async () => {
    const root = temporaryProject({ 'shared/requirements.txt': 'six' });
    expect((await follow(root, file('shared/requirments.txt'))).told).toBe(
      [
        'pkgr.yml:3:19: error: the requirements file "shared/requirments.txt" does not exist [missing-file]',
        '  hint: did you mean shared/requirements.txt?',
      ].join('\n'),
    );
  });

  it('is told at the line of the file that names it, as it would be written there', async () => {
    expect(
      await toldOf('six\n  -c ../../shard/constraints.text\n', {
        'shared/constraints.txt': 'a==1',
      }),
    ).toBe(
      [
        'here:2:6: error: the constraints file "../../shard/constraints.text" does not exist [missing-file]',
        '  hint: did you mean ../../shared/constraints.txt?',
      ].join('\n'),
    );
  });

  it('but is in the project folder is told where pip looks for it', async () => {
    expect(await toldOf('-r common/base.txt', { 'common/base.txt': 'six' })).toBe(
      [
        'here:1:4: error: the requirements file "common/base.txt" does not exist [missing-file]',
        '  hint: pip looks in functions/a, where this file is: write ../../common/base.txt',
      ].join('\n'),
    );
  });

  it('as a wheel has the nearest name of its folder for a hint', async () => {
    expect(
      await toldOf('./vendor/a-1-py3-none-any.whl ; python_version > "3"', {
        'vendor/a-2-py3-none-any.whl': '',
      }),
    ).toBe(
      [
        'here:1:1: error: the package "./vendor/a-1-py3-none-any.whl" does not exist [missing-file]',
        '  hint: did you mean ./vendor/a-2-py3-none-any.whl ; python_version > "3"?',
      ].join('\n'),
    );
  });

  it('where pip looks, but beside the requirements file, is told with the line to write', async () => {
    expect(
      await toldOf('./lib[fast] ; os_name == "posix"\n-e lib\nvendor/a-1.zip', {
        'functions/a/lib/setup.py': '',
        'functions/a/vendor/a-1.zip': '',
      }),
    ).toBe(
      [
        'here:1:1: error: the package "./lib" does not exist [missing-file]',
        '  hint: pip looks in the project folder, not in functions/a: write ./functions/a/lib[fast] ; os_name == "posix"',
        'here:2:4: error: the project folder "lib" does not exist [missing-file]',
        '  hint: pip looks in the project folder, not in functions/a: write -e ./functions/a/lib',
        'here:3:1: error: the package "vendor/a-1.zip" does not exist [missing-file]',
        '  hint: pip looks in the project folder, not in functions/a: write ./functions/a/vendor/a-1.zip',
      ].join('\n'),
    );
  });

  it('for --find-links or an index is a warning, as pip goes on without it', async () => {
    expect(await toldOf('-f weels\n--index-url simple.example.org', { 'wheels/': '' })).toBe(
      [
        'here:1:4: warning: the folder of --find-links "weels" is neither a URL nor in the project; pip will ignore it [missing-file]',
        'here:2:13: warning: the index "simple.example.org" is neither a URL nor in the project; pip will ignore it [missing-file]',
      ].join('\n'),
    );
  });

  it('because its link leads nowhere is not suggested again', async () => {
    const root = temporaryProject({});
    symlinkSync('gone.txt', join(root, 'here.txt'));
    expect((await follow(root, file('here.txt'))).told).toBe(
      'pkgr.yml:3:19: error: the requirements file "here.txt" does not exist [missing-file]',
    );
  });

  it('because its links lead in a circle cannot be read', async () => {
    const root = temporaryProject({});
    symlinkSync('here.txt', join(root, 'here.txt'));
    expect((await follow(root, file('here.txt'))).told).toBe(
      'pkgr.yml:3:19: error: the requirements file "here.txt" cannot be read: its links lead in a circle [missing-file]',
    );
  });
});

describe('a path out of the project', () => {
  it('is refused in -r, -c, --find-links and the manifest', async () => {
    const root = temporaryProject({
      'a.txt': '-r ../b.txt\n-c /etc/c.txt\n-f ../wheels\n-f /opt/wheels\n',
    });
    const absolute = await follow(root, line(`-r ${root}/a.txt`), file('../d.txt'), file('a.txt'));
    expect(absolute.told.replaceAll(root, '<project>')).toBe(
      [
        'pkgr.yml:4:9: error: the requirements file "<project>/a.txt" is an absolute path of this machine [outside-project]',
        '  hint: write a.txt',
        'pkgr.yml:3:19: error: the requirements file "../d.txt" lies outside the project [outside-project]',
        '  hint: Docker is given only the project folder: copy the file into it',
        'a.txt:1:4: error: the requirements file "../b.txt" lies outside the project [outside-project]',
        '  hint: Docker is given only the project folder: copy the file into it',
        'a.txt:2:4: error: the constraints file "/etc/c.txt" is an absolute path of this machine [outside-project]',
        '  hint: Docker is given only the project folder: copy the file into it',
        'a.txt:3:4: error: the folder of --find-links "../wheels" lies outside the project [outside-project]',
        '  hint: Docker is given only the project folder: copy the file into it',
        'a.txt:4:4: warning: the folder of --find-links "/opt/wheels" is looked for in the image, not on this machine [outside-project]',
        '  hint: Docker is given only the project folder: copy it there if it is yours',
      ].join('\n'),
    );
  });

  it('is refused as a requirement, with the path to write when it leads back in', async () => {
    const root = temporaryProject({ 'lib/setup.py': '' });
    const told = await follow(
      root,
      line('../lib'),
      line('/srv/a-1.zip'),
      line(`lib @ file://${root}/lib`),
      line('git+file:///srv/repository'),
    );
    expect(told.told.replaceAll(root, '<project>')).toBe(
      [
        'pkgr.yml:4:9: error: the package "../lib" lies outside the project [requirement-not-local]',
        '  hint: Docker is given only the project folder: copy the file into it',
        'pkgr.yml:4:9: error: the package "/srv/a-1.zip" is an absolute path of this machine [requirement-not-local]',
        '  hint: Docker is given only the project folder: copy the file into it',
        'pkgr.yml:4:9: error: the package "<project>/lib" is an absolute path of this machine [requirement-not-local]',
        '  hint: write ./lib',
        'pkgr.yml:4:9: error: "git+file:///srv/repository" is a repository of this machine, which the build cannot reach [requirement-not-local]',
        '  hint: install the folder instead, such as ./lib, or give the URL of a server',
      ].join('\n'),
    );
  });

  it('by way of a link is refused, and what it leads to is not read', async () => {
    const elsewhere = temporaryProject({ 'secret.txt': '--secret', 'lib/setup.py': '' });
    const root = temporaryProject({ 'a.txt': '-r out/secret.txt\n./out/lib\n-f out\n' });
    symlinkSync(elsewhere, join(root, 'out'));
    symlinkSync(join(elsewhere, 'secret.txt'), join(root, 'secret.txt'));
    const hint =
      '  hint: Docker is given only the project folder: put the file itself in the place of the link';
    const found = await follow(root, file('a.txt'), file('secret.txt'));
    expect(found.inputs).toEqual(['a.txt']);
    expect(found.told).toBe(
      [
        'a.txt:1:4: error: the requirements file "out/secret.txt" is reached by a link that leads out of the project [link-outside-project]',
        hint,
        'a.txt:2:1: error: the package "./out/lib" is reached by a link that leads out of the project [link-outside-project]',
        hint,
        'a.txt:3:4: error: the folder of --find-links "out" is reached by a link that leads out of the project [link-outside-project]',
        hint,
        'pkgr.yml:3:19: error: the requirements file "secret.txt" is reached by a link that leads out of the project [link-outside-project]',
        hint,
      ].join('\n'),
    );
  });
});

describe('a path that no Dockerfile can name', () => {
  it.each([
    [
      'vendor\\a-1.zip',
      'vendor\\a-1.zip',
      '1:1',
      'has a backslash',
      'write slashes: vendor/a-1.zip',
    ],
    ['-r "a\tb.txt"', 'a\\u0009b.txt', '1:4', 'has a control character', 'rename it'],
    ['-r " a.txt"', ' a.txt', '1:4', 'starts or ends with a blank', 'rename it'],
    ['file:./a%0Ab', './a\\u000ab', '1:1', 'has a control character', 'rename it'],
    ['file:./a%00b', './a\\u0000b', '1:1', 'has a control character', 'rename it'],
  ])('such as that of %j is refused', async (text, shown, place, why, hint) => {
    const expected = `here:${place}: error: the path "${shown}" ${why}, so no Dockerfile can name it [unnameable-path]`;
    const told = await toldOf(text);
    expect(told.replace('\t', '\\u0009')).toBe(`${expected}\n  hint: ${hint}`);
  });
});
