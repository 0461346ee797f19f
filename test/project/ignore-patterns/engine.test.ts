import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ignorePatterns, patternBelow, withAllBelow } from '../../../src/project/index.js';
import { solveFiles } from '../../dockerfile/solve-files.js';
import { folderWith, hasEngine } from '../../engine/local-engine.js';

const names = ['a', 'b', 'ab', 'x.py', '.py', 'c++', 'a b', '!a', '#a', 'é', '(a)', '[x]'];
const folders = ['', 'd', 'd/a.f', 'a.d', '[d]', '!d', 'é b'];
const paths = folders.flatMap((folder) => names.map((name) => join(folder, name)));

const atom = fc.constantFrom(
  ...['a', 'b', 'd', 'ab', 'x.py', '.py', '*', '?', '**', '[ab]', '[a-c]', '[^b]'],
  ...['\\*', '\\[', '\\]', '+', 'c++', '(', ')', '.f', '.d', ' ', '!', '#', 'é'],
);
const component = fc.oneof(
  fc.constantFrom('**', '*', 'd', '[^x]', '..', '.', 'c++', '\\[d\\]'),
  fc
    .array(atom, { minLength: 1, maxLength: 3 })
    .map((atoms) => atoms.join('').replace(/\*{3,}/g, '**')),
);
const pattern = fc
  .tuple(
    fc.constantFrom('', '', '!'),
    fc.array(component, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '/'),
  )
  .map(([sign, components, after]) => sign + components.join('/') + after)
  // Not what only BuildKit reads so: blanks or `!` in front of a name, `[^a]` for a slash, `^`, `|`.
  .filter((text) => /[^!./\s]/.test(text) && !/^#|^!!|^[./]+!|(^|[!/])\s|\s(\/|$)/.test(text))
  .filter((text) => !/[^/]\[\^|\[\^.\][^/]/.test(text));

test.runIf(hasEngine)(
  'the engine leaves out what the patterns say',
  { timeout: 120_000 },
  async () => {
    const root = folderWith({});
    const dockerfile = 'FROM scratch\nCOPY . /\n';
    for (const path of paths) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), '');
    }
    const lists = fc
      .sample(fc.array(pattern, { minLength: 1, maxLength: 3 }), { numRuns: 24, seed: 20240607 })
      .map((list, index) => (index % 2 === 0 ? list : ['d', '**/x.py', ...list]));
    const seen = { leftOut: 0, all: 0 };
    for (const written of lists) {
      const list = withAllBelow(written);
      const { files: left } = await solveFiles({ root, dockerfile, ignore: list });
      const isLeftOut = ignorePatterns(list).excludes;
      expect([...left.keys()].sort(), JSON.stringify(list)).toEqual(
        paths.filter((path) => !isLeftOut(path)).sort(),
      );
      for (const folder of folders) {
        const below = ignorePatterns(
          withAllBelow(written.flatMap((each) => patternBelow(each, folder))),
        ).excludes;
        const inside =
          folder === '' ? paths : paths.filter((path) => path.startsWith(`${folder}/`));
        const kept = inside.filter(
          (path) => !below(path.slice(folder === '' ? 0 : folder.length + 1)),
        );
        expect(kept, `${folder}: ${JSON.stringify(written)}`).toEqual(
          inside.filter((path) => left.has(path)),
        );
      }
      seen.all += paths.length;
      seen.leftOut += paths.length - left.size;
    }
    expect(seen.leftOut / seen.all).toBeGreaterThan(0.1);
  },
);
