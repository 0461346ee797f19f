import { describe, expect, test } from 'vitest';
import { loadProject } from '../../src/project/index.js';
import { projectOf, sampleProject, today, told } from './sample-project.js';

const manifest = `global: {runtime: python3.13}
functions:
  a: {dockerfile: docker/Dockerfile, include: a.py}
  b: {dockerfile: docker/Dockerfile, include: a.py}
`;
const files = { 'a.py': '' };

describe("a unit's own Dockerfile", () => {
  test('is read with the project, without a byte order mark', async () => {
    const { units } = await projectOf(manifest, {
      ...files,
      'docker/Dockerfile': '\ufeffFROM scratch\r\n',
    });
    expect(units.map(({ base }) => base)).toEqual([
      {
        kind: 'dockerfile',
        path: 'docker/Dockerfile',
        text: 'FROM scratch\r\n',
        at: { file: 'pkgr.yml', line: 3, column: 19 },
      },
      expect.objectContaining({ at: { file: 'pkgr.yml', line: 4, column: 19 } }),
    ]);
  });

  test('is told about once, at its own lines, however many units have it', async () => {
    const text = '\nFROM a\nCOPY --from=2 x y\nRUN \\\n\n';
    expect(await told(manifest, { ...files, 'docker/Dockerfile': text })).toEqual([
      'docker/Dockerfile:4:1: error: the last instruction ends in a \\, so that what follows would become part of it [invalid-dockerfile]',
      '  hint: remove the \\ at the end',
    ]);
  });

  test('is told about after the manifest, in the order of its lines', async () => {
    const text = '# syntax=x/y:1\nFROM $A\nCOPY --from=2 x y\nRNU';
    expect(await told(`${manifest}more: 1\n`, { ...files, 'docker/Dockerfile': text })).toEqual([
      expect.stringMatching(/^pkgr\.yml:5:1: error: .*\[unknown-key\]$/),
      expect.stringContaining('  hint: '),
      'docker/Dockerfile:1:1: notice: the line # syntax=x/y:1 has no effect: the Dockerfile becomes part of a larger one [ignored-syntax]',
      "  hint: what it says must be understood by the engine's own Dockerfile frontend",
      'docker/Dockerfile:2:1: error: FROM uses A, which no ARG before the first FROM gives a value [invalid-dockerfile]',
      '  hint: begin the Dockerfile with ARG A=value, or with ARG A and give it a value with args',
      'docker/Dockerfile:3:13: error: the stage "2" comes later in the file, or not at all [unknown-stage]',
      '  hint: take from a stage that is above, and move it there if need be',
      'docker/Dockerfile:4:1: error: "RNU" is no Dockerfile instruction [invalid-dockerfile]',
      '  hint: did you mean RUN?',
    ]);
  });

  test('may be told about without being refused', async () => {
    const text = '# syntax=x/y:1\nFROM a AS build\nFROM b\nCOPY --from=biuld x y\n';
    const root = sampleProject({ ...files, 'pkgr.yml': manifest, 'docker/Dockerfile': text });
    const { project, diagnostics } = await loadProject({ cwd: root, today });
    expect(project?.units).toHaveLength(2);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['ignored-syntax', 'notice'],
      ['unknown-stage', 'warning'],
    ]);
  });

  test.each([
    [
      'is not text',
      new Uint8Array([0x46, 0xff, 0xfe]),
      'docker/Dockerfile is not text in UTF-8 [invalid-dockerfile]',
    ],
    [
      'is no Dockerfile but something large',
      'x'.repeat(1_000_001),
      'docker/Dockerfile is larger than 1 MB [invalid-dockerfile]',
    ],
    [
      'lies outside',
      { link: '../../Dockerfile' },
      'docker/Dockerfile is a link out of the project, to ../../Dockerfile [link-outside-project]',
    ],
  ])('is told about in the manifest when it %s', async (_, content, message) => {
    const single = manifest.split('\n').slice(0, 3).join('\n');
    const [first] = await told(single, { ...files, 'docker/Dockerfile': content });
    expect(first).toBe(`pkgr.yml:3:19: error: ${message}`);
  });
});

describe("the context, target and arguments of a unit's own Dockerfile", () => {
  const written = (dockerfile: string) =>
    `global: {runtime: python3.13}\nfunctions:\n  a: {include: a.py, dockerfile: ${dockerfile}}\n`;
  const own = {
    ...files,
    'images/xmlsec/Dockerfile':
      'ARG BASE=a\nFROM $BASE AS build\nARG VERSION\nFROM build AS last\n',
    'images/other': 'FROM b',
  };
  const baseOf = async (dockerfile: string, more = {}) => {
    const { units } = await projectOf(written(dockerfile), { ...own, ...more });
    return JSON.parse(
      JSON.stringify(units[0]?.base, (key, value) =>
        ['text', 'at'].includes(key) ? undefined : value,
      ),
    );
  };

  test.each([
    ['{context: images/xmlsec/}', { path: 'images/xmlsec/Dockerfile', context: 'images/xmlsec' }],
    ['{file: images/other, context: ./images}', { path: 'images/other', context: 'images' }],
    ['{context: ./, file: images/other}', { path: 'images/other' }],
    [
      '{file: images/xmlsec/Dockerfile, target: Build}',
      { path: 'images/xmlsec/Dockerfile', target: 'build' },
    ],
    ['{file: images/xmlsec/Dockerfile, target: LAST}', { path: 'images/xmlsec/Dockerfile' }],
    [
      '{file: images/xmlsec/Dockerfile, args: {VERSION: "1", BASE: c}}',
      { path: 'images/xmlsec/Dockerfile', args: { BASE: 'c', VERSION: '1' } },
    ],
  ])('are understood: %s', async (dockerfile, base) => {
    expect(await baseOf(dockerfile)).toEqual({ kind: 'dockerfile', ...base });
  });

  test('are found by the names that Docker has for them', async () => {
    expect(await baseOf('{target: one}', { Dockerfile: 'FROM a AS one\nFROM b' })).toEqual({
      kind: 'dockerfile',
      path: 'Dockerfile',
      target: 'one',
    });
    expect(await baseOf('{context: link}', { link: { link: 'images/xmlsec' } })).toEqual({
      kind: 'dockerfile',
      path: 'link/Dockerfile',
      context: 'images/xmlsec',
    });
  });

  test.each([
    [
      '{context: ../images}',
      '44: error: ../images leads out of the project folder [outside-project]',
      'only what is in the project folder can be used: copy it there, or move the manifest up',
    ],
    [
      '{context: out}',
      '44: error: out is a link out of the project, to / [link-outside-project]',
      'Docker is given the project folder only: put a copy there, or a relative link within it',
    ],
    [
      '{context: images/other}',
      '44: error: images/other is a file, not a folder [not-a-directory]',
      'name the folder that it is in',
    ],
    [
      '{context: images/xmlsek}',
      '44: error: images/xmlsek does not exist [missing-file]',
      'did you mean images/xmlsec?',
    ],
    [
      '{context: images}',
      '44: error: images/Dockerfile does not exist [missing-file]',
      'create it or correct the path; paths start from the folder of the manifest',
    ],
    [
      '{context: images/xmlsec, file: ./Dockerfile}',
      '65: error: Dockerfile does not exist [missing-file]',
      'write images/xmlsec/Dockerfile: all paths start from the folder of the manifest, also beside context',
    ],
    [
      '{file: images/xmlsec, context: images}',
      '41: error: images/xmlsec is a folder, not a file [not-a-directory]',
      'name the file itself',
    ],
    [
      '{context: images/xmlsec, target: biuld}',
      '67: error: images/xmlsec/Dockerfile has no stage "biuld" [unknown-stage]',
      'did you mean build?',
    ],
    [
      '{context: images/xmlsec, target: other}',
      '67: error: images/xmlsec/Dockerfile has no stage "other" [unknown-stage]',
      'its stages are build, last',
    ],
    [
      '{file: images/other, target: other}',
      '63: error: images/other has no stage "other" [unknown-stage]',
      'name its stages: FROM IMAGE AS NAME',
    ],
    [
      '{context: images/xmlsec, args: {VERSIN: "1"}}',
      '66: error: no ARG of images/xmlsec/Dockerfile takes "VERSIN" [unknown-argument]',
      'did you mean VERSION?',
    ],
    [
      '{context: images/xmlsec, args: {other: "1"}}',
      '66: error: no ARG of images/xmlsec/Dockerfile takes "other" [unknown-argument]',
      'its arguments are BASE, VERSION',
    ],
    [
      '{file: images/other, args: {http_proxy: "1"}}',
      '62: error: no ARG of images/other takes "http_proxy" [unknown-argument]',
      'set it in the environment of pkgr, which passes it to every step',
    ],
  ])('are told about: %s', async (dockerfile, error, hint) => {
    const lines = await told(written(dockerfile), { ...own, out: { link: '/' } });
    expect(lines).toEqual([`pkgr.yml:3:${error}`, `  hint: ${hint}`]);
  });

  test.each([
    ['PASSWORD', true],
    ['DB_PASSWORD', true],
    ['dbpasswd', true],
    ['DB_PWD', true],
    ['PIP_TOKEN', true],
    ['GITHUB_TOKEN_2', true],
    ['NPM_AUTH_TOKEN', true],
    ['CLIENT_SECRET', true],
    ['API_KEY', true],
    ['AWS_SECRET_ACCESS_KEY', true],
    ['SSH_PRIVATE_KEY', true],
    ['VERSION', false],
    ['TOKENIZERS_VERSION', false],
    ['PUBLIC_KEY', false],
    ['SECRETARY', false],
    ['AUTHOR', false],
  ])('an argument called %s looks like a secret: %s', async (name, isSecret) => {
    const root = sampleProject({
      ...files,
      Dockerfile: `FROM a\nARG ${name}\n`,
      'pkgr.yml': written(`{args: {${name}: hunter2}}`),
    });
    const { project, diagnostics } = await loadProject({ cwd: root, today });
    expect(project?.units).toHaveLength(1);
    expect(diagnostics.map(({ code, at }) => [code, at?.line, at?.column])).toEqual(
      isSecret ? [['secret-argument', 3, 42]] : [],
    );
    expect(JSON.stringify(diagnostics)).not.toContain('hunter2');
  });

  test.each([
    [
      'images/other',
      'give the Dockerfile a context of its own, and write the patterns into the .dockerignore of that folder',
    ],
    ['{file: images/other, context: images}', 'write its patterns into images/.dockerignore'],
  ])("has no use for a Dockerfile's own ignore file: %s", async (dockerfile, hint) => {
    const root = sampleProject({
      ...own,
      'pkgr.yml': written(dockerfile),
      'images/other.dockerignore': '*.key',
    });
    const { diagnostics } = await loadProject({ cwd: root, today });
    expect(diagnostics).toEqual([
      {
        code: 'ignored-dockerignore',
        severity: 'warning',
        message:
          'images/other.dockerignore has no effect: the Dockerfile becomes part of a larger one',
        at: { file: 'images/other.dockerignore', line: 1, column: 1 },
        hint,
      },
    ]);
  });

  test('hold for all units in global, and give way as a whole', async () => {
    const manifest = `global:
  runtime: python3.13
  dockerfile: {context: images/xmlsec, args: {VERSION: "1"}}
functions:
  a: {include: a.py}
  b: {include: a.py, dockerfile: images/other}
  c: {include: a.py, image: d}
`;
    const { units } = await projectOf(manifest, own);
    expect(
      units.map(({ base }) => (base.kind === 'image' ? base.name : [base.path, base.args])),
    ).toEqual([['images/xmlsec/Dockerfile', { VERSION: '1' }], ['images/other', undefined], 'd']);
    const both = manifest.replace('runtime: python3.13', 'runtime: python3.13\n  image: e');
    expect(await told(both, own)).toEqual([
      'pkgr.yml:4:15: error: "global" has both an image and a dockerfile [invalid-value]',
      '  hint: keep one of them; a Dockerfile names its own image in FROM',
    ]);
  });

  test('are taken in a manifest of juniper', async () => {
    const root = sampleProject({
      ...own,
      'requirements.txt': 'six',
      'manifest.yml': `global:
  dockerfile: {context: images/xmlsec, target: build}
layers:
  a: {requirements: requirements.txt}
  b: {requirements: requirements.txt, dockerfile: {file: images/other, context: images}}
`,
    });
    const { project, diagnostics } = await loadProject({ cwd: root, today });
    expect(diagnostics).toEqual([]);
    expect(
      project?.units.map(({ base, runtime }) => ({ ...base, text: '', at: '', runtime })),
    ).toEqual([
      {
        kind: 'dockerfile',
        path: 'images/xmlsec/Dockerfile',
        context: 'images/xmlsec',
        target: 'build',
        ...{ text: '', at: '', runtime: 'any' },
      },
      {
        kind: 'dockerfile',
        path: 'images/other',
        context: 'images',
        ...{ text: '', at: '', runtime: 'any' },
      },
    ]);
  });
});
