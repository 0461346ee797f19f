import { describe, expect, it } from 'vitest';
import { readPkgrManifest } from '../../../src/manifest/index.js';
import { documentOf } from '../read-text.js';
import { told, toldOf } from './told.js';

describe('dockerfile', () => {
  it('is a path or a mapping, in a unit and in global', async () => {
    const text = `global: {dockerfile: images/Dockerfile}
functions:
  a:
    dockerfile:
      file: a/Dockerfile
      context: a/
      target: build
      args: {VERSION: "1.2", EMPTY: ""}
  b: {dockerfile: {}}
`;
    const { manifest, diagnostics } = await readPkgrManifest(documentOf(text));
    expect(diagnostics).toEqual([]);
    const at = (line: number, column: number) => ({ file: 'pkgr.yml', line, column });
    expect(manifest?.global.dockerfile).toEqual({
      at: at(1, 22),
      file: { value: 'images/Dockerfile', at: at(1, 22) },
      args: [],
    });
    expect(manifest?.units.map(({ dockerfile }) => dockerfile)).toEqual([
      {
        at: at(5, 7),
        file: { value: 'a/Dockerfile', at: at(5, 13) },
        context: { value: 'a/', at: at(6, 16) },
        target: { value: 'build', at: at(7, 15) },
        args: [
          { name: { value: 'VERSION', at: at(8, 14) }, value: '1.2' },
          { name: { value: 'EMPTY', at: at(8, 30) }, value: '' },
        ],
      },
      { at: at(9, 19), args: [] },
    ]);
  });

  it('tells what is wrong in it, each thing at its place', async () => {
    expect(
      await told(
        'functions:',
        '  a:',
        '    dockerfile:',
        '      dockerfile: x',
        '      contxt: y',
        '      target: 1',
        '      args: [A=1]',
        '  b: {dockerfile: {args: {A: 1.2, "B-C": x, D: "1\\n2"}, target: "a b"}}',
      ),
    ).toEqual([
      'pkgr.yml:6:15: error: "target" takes the name of a stage, not the number 1 [wrong-type]',
      '  hint: for example target: build',
      'pkgr.yml:7:13: error: "args" takes a mapping of names and values, not a list [wrong-type]',
      '  hint: for example args: {VERSION: "1.2"}',
      'pkgr.yml:4:7: error: "dockerfile" has no key "dockerfile" [unknown-key]',
      '  hint: the keys are file, context, target, args',
      'pkgr.yml:5:7: error: "dockerfile" has no key "contxt" [unknown-key]',
      '  hint: did you mean context?',
      'pkgr.yml:8:66: error: "a b" is not the name of a stage [invalid-value]',
      '  hint: write the name that its FROM has behind AS',
      'pkgr.yml:8:30: error: "A" takes text, not the number 1.2 [wrong-type]',
      '  hint: write it in quotes, for example "1"',
      'pkgr.yml:8:36: error: "B-C" is not the name of a build argument [invalid-value]',
      '  hint: letters, digits and _ are allowed, and no digit first',
      'pkgr.yml:8:49: error: "1\\n2" has a line break or another control character [invalid-value]',
      '  hint: write the value in one line',
    ]);
  });

  it('has no value that could not be a line of a Dockerfile', async () => {
    const [first] = await toldOf('dockerfile', `{args: {A: "${'x'.repeat(5000)}"}}`);
    expect(first).toContain('is too long for a build argument [invalid-value]');
  });
});
