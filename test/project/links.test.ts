import { describe, expect, it } from 'vitest';
import { told, toldOfFunction } from './sample-project.js';

describe('a link', () => {
  const links = {
    out: { link: '../outside' },
    abs: { link: '/etc/hosts' },
    through: { link: 'a/deep/link/../../../../x' },
    'a/deep/link': { link: '.' },
    chain: { link: 'out' },
    round: { link: 'round' },
    dangling: { link: 'nowhere' },
    folder: { link: '..' },
  };

  it('that leads out of the project is refused, whether it is the path or on its way', async () => {
    expect(
      await toldOfFunction(
        [
          'include: [out, abs, through, chain, folder/etc/]',
          'pipconf: folder/pip.conf',
          'dockerfile: abs',
        ],
        links,
      ),
    ).toEqual([
      'pkgr.yml:4:15: error: out is a link out of the project, to ../outside [link-outside-project]',
      '  hint: Docker is given the project folder only: put a copy there, or a relative link within it',
      'pkgr.yml:4:20: error: abs is a link out of the project, to /etc/hosts [link-outside-project]',
      '  hint: Docker is given the project folder only: put a copy there, or a relative link within it',
      'pkgr.yml:4:25: error: through is a link out of the project, to a/deep/link/../../../../x [link-outside-project]',
      '  hint: Docker is given the project folder only: put a copy there, or a relative link within it',
      'pkgr.yml:4:34: error: chain goes through out, which is a link out of the project, to ../outside [link-outside-project]',
      '  hint: Docker is given the project folder only: put a copy there, or a relative link within it',
      'pkgr.yml:4:41: error: folder/etc goes through folder, which is a link out of the project, to .. [link-outside-project]',
      '  hint: Docker is given the project folder only: put a copy there, or a relative link within it',
      'pkgr.yml:5:14: error: folder/pip.conf goes through folder, which is a link out of the project, to .. [link-outside-project]',
      '  hint: Docker is given the project folder only: put a copy there, or a relative link within it',
      'pkgr.yml:6:17: error: abs is a link out of the project, to /etc/hosts [link-outside-project]',
      '  hint: Docker is given the project folder only: put a copy there, or a relative link within it',
    ]);
  });

  it('that leads back to itself or nowhere is told', async () => {
    expect(await toldOfFunction(['include: [round, dangling]'], links)).toEqual([
      'pkgr.yml:4:15: error: round is a link that leads back to itself [missing-file]',
      '  hint: turn the link elsewhere',
      'pkgr.yml:4:22: error: dangling leads to nowhere, which does not exist [missing-file]',
      '  hint: create it or correct the path; paths start from the folder of the manifest',
    ]);
  });

  it('out of the project is found in a folder that is included, however deep', async () => {
    const more = {
      'b/c/d/secret': { link: '/etc/passwd' },
      'b/c/up': { link: '../../../x' },
      'b/fine': { link: '../a/app.py' },
      'b/gone': { link: 'nowhere' },
    };
    expect(await toldOfFunction(['include: [b/, b/c]'], more)).toEqual([
      'pkgr.yml:4:15: error: b/ has b/c/d/secret in it, a link out of the project, to /etc/passwd [link-outside-project]',
      '  hint: put a copy in its place, or leave it out with exclude: ["b/c/d/secret"]',
      'pkgr.yml:4:15: error: b/ has b/c/up in it, a link out of the project, to ../../../x [link-outside-project]',
      '  hint: put a copy in its place, or leave it out with exclude: ["b/c/up"]',
      'pkgr.yml:4:19: error: b/c has b/c/d/secret in it, a link out of the project, to /etc/passwd [link-outside-project]',
      '  hint: put a copy in its place, or leave it out with exclude: ["b/c/d/secret"]',
      'pkgr.yml:4:19: error: b/c has b/c/up in it, a link out of the project, to ../../../x [link-outside-project]',
      '  hint: put a copy in its place, or leave it out with exclude: ["b/c/up"]',
    ]);
  });

  it('is of no matter where nothing is packed', async () => {
    const more = {
      '.dockerignore': 'venv\n',
      'venv/bin/python': { link: '/usr/bin/python3' },
      '.git/x': { link: '/etc/passwd' },
      'dist/old': { link: '/etc/passwd' },
      'a/tests/data': { link: '/etc/passwd' },
    };
    expect(await toldOfFunction(['include: ./', 'exclude: [a/tests]'], more)).toEqual(['nothing']);
  });
});

describe('a link out of the project that all units leave out', () => {
  const more = { 'venv/bin/python': { link: '/usr/bin/python3' }, 'app/c++/x': '' };
  const manifest = (exclude: string) =>
    `global: {runtime: python3.13, exclude: [venv, c++]}
functions:
  one: {handler: a.b, include: [./]}
  two: {handler: a.b, include: [./], exclude: [${exclude}]}
`;

  it('is of no matter', async () => {
    expect(await told(manifest('"!app/venv"'), more)).toEqual(['nothing']);
  });

  it('is found when one takes it back in', async () => {
    expect(await told(manifest('"!venv/bin"'), more)).toEqual([
      'pkgr.yml:4:33: error: ./ has venv/bin/python in it, a link out of the project, to /usr/bin/python3 [link-outside-project]',
      '  hint: put a copy in its place, or leave it out with exclude: ["venv/bin/python"]',
    ]);
  });
});

describe('a .dockerignore', () => {
  it('with a pattern that ends every build is told at its line', async () => {
    expect(await toldOfFunction(['include: a/'], { '.dockerignore': 'x\n\n[a\n' })).toEqual([
      '.dockerignore:3:1: error: [a is not a pattern that Docker takes, which ends every build [invalid-value]',
      '  hint: close its brackets, or write \\[ for a bracket itself',
    ]);
  });

  it('that cannot be read is told', async () => {
    expect(await toldOfFunction(['include: a/'], { '.dockerignore/': '' })).toEqual([
      'error: .dockerignore cannot be read: EISDIR [missing-file]',
      '  hint: make it a file that can be read, or remove it',
    ]);
  });
});
