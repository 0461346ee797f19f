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
      'docker/Dockerfile:2:1: error: FROM uses A, which no ARG before the first FROM gives a default [invalid-dockerfile]',
      '  hint: begin the Dockerfile with ARG A=value: pkgr passes no build arguments',
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
