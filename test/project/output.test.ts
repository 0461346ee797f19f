import { describe, expect, it } from 'vitest';
import { files, told, toldOfFunction } from './sample-project.js';

describe('the output folder', () => {
  const manifest = (output: string) =>
    `output: ${output}\nfunctions: {hello: {runtime: python3.13, include: a/}}`;

  it('is refused when it is not a folder of its own in the project', async () => {
    const outputs = ['./', '../dist', '/tmp/x', 'a', 'a/app.py/x', 'out/x', '.git/x', '" x"'];
    const all = outputs.map((output) =>
      told(manifest(output), { ...files, out: { link: '/tmp' } }),
    );
    expect((await Promise.all(all)).flat()).toEqual([
      'pkgr.yml:1:9: error: the output folder is the project folder itself [output-in-use]',
      '  hint: choose a folder in the project, such as output: build',
      'pkgr.yml:1:9: error: ../dist leads out of the project folder [outside-project]',
      '  hint: choose a folder in the project, such as output: build',
      'pkgr.yml:1:9: error: /tmp/x does not start from the project folder [outside-project]',
      '  hint: choose a folder in the project, such as output: build',
      'pkgr.yml:2:51: error: a/ is in the output folder a, which is overwritten and never packed [output-in-use]',
      '  hint: choose another folder for the zips, such as output: build',
      'pkgr.yml:1:9: error: a/app.py is not a folder, so no zip can be put in it [not-a-directory]',
      '  hint: choose a folder in the project, such as output: build',
      'pkgr.yml:1:9: error: the output folder goes through out, a link out of the project, to /tmp [link-outside-project]',
      '  hint: Docker is given the project folder only: put a copy there, or a relative link within it',
      'pkgr.yml:1:9: error: the output folder is part of the Git repository [output-in-use]',
      '  hint: choose a folder in the project, such as output: build',
      'pkgr.yml:1:10: error: " x" has a name with a blank at an end, which cannot be named in a Dockerfile [unnameable-path]',
      '  hint: choose a folder in the project, such as output: build',
    ]);
  });

  it('is refused when an include is in it', async () => {
    expect(await toldOfFunction(['include: [dist/app.py, a/]'], { 'dist/app.py': '' })).toEqual([
      'pkgr.yml:4:15: error: dist/app.py is in the output folder dist, which is overwritten and never packed [output-in-use]',
      '  hint: choose another folder for the zips, such as output: build',
    ]);
  });

  it('may be in a folder that is packed, and need not exist', async () => {
    expect(await told(manifest('a/build/zips'), files)).toEqual(['nothing']);
  });
});
