import { describe, expect, it } from 'vitest';
import { loadProject } from '../../../src/project/index.js';
import { sampleProject } from '../sample-project.js';
import { files, load, today, told, unitOf } from './juniper-project.js';

describe('a juniper manifest', () => {
  it('says what is wrong with each of its keys, at its place', async () => {
    expect(
      await told(`global:
  output: 5
  pipconf: [pip.conf]
functions:
  a:
    requirements: [requirements.txt]
    include: {from: src}
  b:
    requirments: ./requirements.txt
    include: [5]
`),
    ).toEqual([
      'manifest.yml:2:11: error: "output" takes a path, not the number 5 [wrong-type]',
      '  hint: for example output: ./build',
      'manifest.yml:3:12: error: "pipconf" takes a path, not a list [wrong-type]',
      '  hint: for example pipconf: pip.conf',
      'manifest.yml:6:19: error: "requirements" takes a path, not a list [wrong-type]',
      '  hint: for example requirements: ./requirements.txt',
      'manifest.yml:7:14: error: "include" takes a list of paths, not a mapping [wrong-type]',
      '  hint: for example include: [./src/app, ./src/lib]',
      'manifest.yml:9:5: error: a function has no key "requirments" [unknown-key]',
      '  hint: did you mean requirements?',
      'manifest.yml:10:15: error: an item of "include" takes a path, not the number 5 [wrong-type]',
      '  hint: for example ./src/app',
    ]);
  });

  it('with keys that juniper passes over is built all the same, with a warning for each', async () => {
    const manifest = `version: 1
global:
  include: [./nowhere/]
  requirements: ./nowhere.txt
functions:
  a: {include: [./src], description: x}
`;
    const { project, diagnostics } = await load(manifest);
    expect(project?.units.map(({ requirements }) => requirements.sources)).toEqual([[]]);
    expect(diagnostics.map(({ severity }) => severity)).toEqual(Array(4).fill('warning'));
    const lines = await told(manifest);
    expect(lines.filter((line) => !line.startsWith('  hint: the keys'))).toEqual([
      'manifest.yml:1:1: warning: the manifest has no key "version": juniper passes over it, and so does pkgr here [ignored-key]',
      'manifest.yml:3:3: warning: include of global has no effect: juniper passes over it, and so does pkgr here [ignored-key]',
      '  hint: write it in each function, or move to pkgr.yml, where include of global is for all functions',
      'manifest.yml:4:3: warning: requirements of global has no effect: juniper passes over it, and so does pkgr here [ignored-key]',
      '  hint: write it in each function, or move to pkgr.yml, where requirements of global is for all functions',
      'manifest.yml:6:25: warning: a function has no key "description": juniper passes over it, and so does pkgr here [ignored-key]',
    ]);
  });

  it("with an output in its package section is refused with juniper's advice", async () => {
    const functions = 'functions: {a: {include: [./src]}}';
    expect(await told(`package:\n  output: ./build\n${functions}\n`)).toEqual([
      'manifest.yml:1:1: error: the package section of a manifest is deprecated [unknown-key]',
      '  hint: use the global section: global: {output: ./build}',
    ]);
    expect(await told(`package: {output: "a\\nb"}\n${functions}\n`)).toContain(
      '  hint: use the global section: global: {output: ./build}',
    );
    expect(await told(`package: {}\n${functions}\n`)).toEqual([
      'manifest.yml:1:1: warning: the manifest has no key "package": juniper passes over it, and so does pkgr here [ignored-key]',
      '  hint: the keys are global, functions, layers',
    ]);
  });

  it('cannot have two units of one zip', async () => {
    const lines = await told(
      'functions: {a: {include: [./src]}}\nlayers: {a: {requirements: ./requirements.txt}}',
    );
    expect(lines).toEqual([
      'manifest.yml:2:10: error: layer "a" would be written to the same zip as function "a" [same-zip]',
      '  hint: rename one of them; the other is at manifest.yml:1:13',
    ]);
  });

  it('can have a layer without requirements only when it carries something else', async () => {
    expect(await told('layers: {a: {image: juniper/xmlsec}}')).toEqual([
      'manifest.yml:1:10: error: layer "a" has nothing to pack [missing-key]',
      '  hint: give it requirements, include, libs or bins, for example include: layers/shared/',
    ]);
    expect(
      await told('layers: {a: {image: x, libs: [/usr/lib/libx.so]}, b: {include: [src]}}'),
    ).toEqual(['nothing']);
  });

  it('says that there is nothing in it', async () => {
    expect(await told('global: {output: ./build}')).toEqual([
      'manifest.yml:1:1: error: manifest.yml declares neither functions nor layers [empty-manifest]',
      '  hint: begin with functions: {hello: {requirements: ./requirements.txt, include: [./hello]}}',
    ]);
  });

  it('takes any name of a requirements file, and says when there is none', async () => {
    const { requirements } = await unitOf('{requirements: ./reqs/dev, include: [./src]}');
    expect(requirements.sources).toMatchObject([{ kind: 'file', path: 'reqs/dev' }]);
    const lines = await told('functions: {a: {requirements: ./reqs/dve, include: [./src]}}');
    expect(lines[0]).toMatch(/^manifest\.yml:1:31: error: .*reqs\/dve.* \[missing-file\]$/);
  });

  it('takes the keys of pkgr.yml besides its own', async () => {
    const unit = await unitOf(
      '{include: [./src], packages: [gcc], exclude: ["**/*.md"], handler: app.main.run, architecture: arm64, runtime: python3.9}',
    );
    expect(unit).toMatchObject({
      packages: { any: ['gcc'] },
      exclude: ['**/*.md'],
      handler: { value: 'app.main.run' },
      architecture: 'arm64',
    });
  });

  it('has the zips of units that are gone removed before a build', async () => {
    const { project } = await load('functions: {a: {include: [./src]}}');
    expect(project?.cleansOutput).toBe(true);
  });
});

describe('which manifest is read', () => {
  const unit = 'functions: {a: {include: [src]}}';
  const pkgr = 'functions: {a: {runtime: python3.9, include: src}}';

  it('is pkgr.yml, else manifest.yml, else manifest.yaml', async () => {
    const found = async (present: readonly string[]) => {
      const all = Object.fromEntries(
        present.map((name) => [name, name === 'pkgr.yml' ? pkgr : unit]),
      );
      const cwd = sampleProject({ ...files, ...all });
      return (await loadProject({ cwd, today })).project?.manifest;
    };
    expect(await found(['manifest.yaml'])).toBe('manifest.yaml');
    expect(await found(['manifest.yaml', 'manifest.yml'])).toBe('manifest.yml');
    expect(await found(['manifest.yaml', 'manifest.yml', 'pkgr.yml'])).toBe('pkgr.yml');
  });

  it.each([
    ['no runtime at all', unit],
    [
      'an output in global',
      'global: {output: x, runtime: python3.9}\nfunctions: {a: {include: [src]}}',
    ],
    ['a layer only', 'layers: {a: {requirements: ./requirements.txt}}'],
  ])("is one of juniper's by what it says: %s", async (_, manifest) => {
    const lines = await told(manifest, {}, 'sls.yml');
    expect(lines).toEqual([
      'sls.yml:1:1: notice: sls.yml is read as a manifest of juniper, by what it says [assumed-dialect]',
      "  hint: a pkgr.yml names a runtime for each unit or in global; a manifest.yml is always juniper's",
    ]);
  });

  it.each([
    ['a runtime', pkgr],
    ['an output at the top', `output: x\n${unit}`],
    ['nothing', ''],
  ])("is one of pkgr's by what it says: %s", async (_, manifest) => {
    const lines = await told(manifest, {}, 'sls.yml');
    expect(lines.join()).not.toContain('assumed-dialect');
  });

  it('has paths that start from the folder in which pkgr is run', async () => {
    const cwd = sampleProject({ ...files, 'deploy/sls.yml': unit, 'deploy/manifest.yml': unit });
    for (const manifest of ['deploy/sls.yml', 'deploy/manifest.yml']) {
      const { project } = await loadProject({ cwd, manifest, today });
      expect(project).toMatchObject({ root: cwd, manifest, output: 'dist' });
      expect(project?.units[0]?.at).toEqual({ file: manifest, line: 1, column: 13 });
    }
  });

  it('is said by the path of a file that is missing', async () => {
    const cwd = sampleProject({ 'deploy/sls.yml': unit, 'deploy/src/a.py': '' });
    const { diagnostics } = await loadProject({ cwd, manifest: 'deploy/sls.yml', today });
    expect(diagnostics).toMatchObject([
      { code: 'assumed-dialect' },
      {
        code: 'missing-file',
        at: { file: 'deploy/sls.yml', line: 1, column: 27 },
        hint: 'create it or correct the path; paths start from the folder in which pkgr is run',
      },
    ]);
  });
});
