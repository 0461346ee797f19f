import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Instruction, Stage } from '../../src/dockerfile/instruction.js';
import { printComment, printStages } from '../../src/dockerfile/print.js';
import { hostile, hostileLine } from './hostile.js';
import {
  instructionsOf,
  readCopy,
  readEnvironment,
  readHereDocument,
  readRun,
  skeletonOf,
} from './read-back.js';

/** A stage in which an instruction stands between two that are harmless. */
function stageWith(...instructions: readonly Instruction[]): Stage {
  const user: Instruction = { kind: 'user', name: 'root' };
  return {
    name: 'stage',
    comment: ['A comment.'],
    from: { kind: 'scratch' },
    instructions: [user, ...instructions, user],
  };
}

/** The printed stage, or undefined when the printer refused with RangeError. */
async function printed(stage: Stage): Promise<string | undefined> {
  try {
    return (await printStages([stage])).get(stage.name) ?? '';
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return undefined;
  }
}

/** Runs a property; each run says whether its values were printed rather than refused. */
async function check<T>(
  arbitrary: fc.Arbitrary<T>,
  numRuns: number,
  isPrinted: (value: T) => Promise<boolean>,
): Promise<void> {
  const seen = { printed: 0, all: 0 };
  await fc.assert(
    fc.asyncProperty(arbitrary, async (value) => {
      seen.all += 1;
      if (await isPrinted(value)) seen.printed += 1;
    }),
    { numRuns },
  );
  expect(seen.printed / seen.all).toBeGreaterThan(0.2);
}

const frame = (...kinds: readonly string[]) => ['FROM ... AS stage', 'USER', ...kinds, 'USER'];

describe('whatever a value holds, it stays one value', { timeout: 60_000 }, () => {
  test('the source and the destination of a COPY', async () => {
    await check(fc.tuple(fc.oneof(hostile, hostileLine), hostileLine), 1000, async ([from, to]) => {
      const text = await printed(stageWith({ kind: 'copy', from, to: `./${to}` }));
      if (text === undefined) return false;
      expect(skeletonOf(text)).toEqual(frame('COPY'));
      const copy = instructionsOf(text)[2];
      expect(copy && readCopy(copy)).toEqual({ from, to: `./${to}` });
      return true;
    });
  });

  test('the words of a RUN', async () => {
    const words = fc.array(
      fc.oneof({ weight: 1, arbitrary: hostile }, { weight: 15, arbitrary: hostileLine }),
      {
        maxLength: 20,
      },
    );
    await check(words, 150, async (list) => {
      const mounts = [
        { kind: 'bind', from: 'programs', source: '/out', target: '/x' },
        { kind: 'ssh' },
      ] as const;
      const text = await printed(stageWith({ kind: 'run', mounts, words: ['sh', ...list] }));
      if (text === undefined) return false;
      expect(skeletonOf(text)).toEqual(frame('RUN'));
      const run = instructionsOf(text)[2];
      expect(run && readRun(run)).toEqual({
        mounts: ['mount=type=bind,from=programs,source=/out,target=/x', 'mount=type=ssh'],
        words: ['sh', ...list],
      });
      return true;
    });
  });

  test('the value of an ENV', async () => {
    await check(hostile, 1000, async (value) => {
      const text = await printed(stageWith({ kind: 'env', name: 'CFLAGS', value }));
      if (text === undefined) return false;
      expect(skeletonOf(text)).toEqual(frame('ENV'));
      const env = instructionsOf(text)[2];
      expect(env && readEnvironment(env)).toEqual({ name: 'CFLAGS', value });
      return true;
    });
  });

  test('the lines of a file', async () => {
    const lines = fc.array(
      fc.oneof({ weight: 1, arbitrary: hostile }, { weight: 5, arbitrary: hostileLine }),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    await check(lines, 600, async (list) => {
      const text = await printed(
        stageWith({ kind: 'copy-text', lines: list, to: '/project/x.txt' }),
      );
      if (text === undefined) return false;
      // The parser takes a backslash for one that joins lines; real builds show that it is none.
      expect(skeletonOf(text.replaceAll('\\', '/'))).toEqual(frame('COPY'));
      expect(readHereDocument(text.split('\n').slice(3))).toEqual({
        lines: list,
        to: '/project/x.txt',
        after: ['USER root'],
      });
      return true;
    });
  });

  test('a comment, which is always printed', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const text = `${printComment(one)}\n${printComment(other)}\nFROM scratch AS x\n`;
        expect(skeletonOf(text)).toEqual(['FROM ... AS x']);
        expect(text.split(/[\n\r\u2028\u2029]/).length).toBe(4);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a value that is printed without quotes is a plain word or refused', {
  timeout: 60_000,
}, () => {
  const plain = fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/);
  const values: readonly [string, (text: string) => Stage, string][] = [
    ['a user', (name) => stageWith({ kind: 'user', name }), 'USER'],
    ['a folder', (path) => stageWith({ kind: 'workdir', path }), 'WORKDIR'],
    ['a stage', (stage) => stageWith({ kind: 'copy-stage', stage, source: '/' }), 'COPY'],
    [
      'a named context',
      (context) => stageWith({ kind: 'copy', context, from: '', to: './' }),
      'COPY',
    ],
    [
      'a path in a stage',
      (source) => stageWith({ kind: 'copy-stage', stage: 'x', source }),
      'COPY',
    ],
    ['a file that is written', (to) => stageWith({ kind: 'copy-text', lines: [], to }), 'COPY'],
    ...(['from', 'source', 'target'] as const).map(
      (key) =>
        [
          `a mount's ${key}`,
          (text: string) =>
            stageWith({
              kind: 'run',
              mounts: [{ kind: 'bind', from: 'x', target: '/x', [key]: text }],
              words: ['sh'],
            }),
          'RUN',
        ] as [string, (text: string) => Stage, string],
    ),
    [
      'the id of a secret',
      (id) => stageWith({ kind: 'run', mounts: [{ kind: 'secret', id }], words: ['sh'] }),
      'RUN',
    ],
  ];

  test.each(values)('%s', async (_, stageOf, keyword) => {
    await check(fc.oneof(hostile, plain), 400, async (value) => {
      const text = await printed(stageOf(value));
      if (text === undefined) return false;
      expect(value).toMatch(/^[A-Za-z0-9._:/@+-]+$/);
      expect(skeletonOf(text)).toEqual(frame(keyword));
      expect(text.split('\n')[3]).toContain(value);
      return true;
    });
  });

  test('an image, a platform and the name of a stage', async () => {
    const any = fc.oneof({ weight: 1, arbitrary: hostile }, { weight: 5, arbitrary: plain });
    await check(fc.tuple(any, any, any), 1000, async ([image, platform, name]) => {
      const text = await printed({
        ...stageWith(),
        name,
        from: { kind: 'image', image, platform },
      });
      if (text === undefined) return false;
      expect(text.split('\n').length).toBe(4);
      expect(text.split('\n')[1]).toMatch(/^FROM --platform=\S+ \S+ AS \S+$/);
      return true;
    });
  });

  test.each(['', 'A-B', '1A', 'A=B', 'A B', 'A\n', 'Ä', 'A$'])(
    'the variable %j is refused',
    async (name) => {
      expect(await printed(stageWith({ kind: 'env', name, value: '' }))).toBeUndefined();
    },
  );
});

describe('a COPY', () => {
  const copy = (from: string) => printed(stageWith({ kind: 'copy', from, to: './x' }));

  test.each(['a*', 'a?', '!a', 'a\\b', 'a[^b]', ' ^', 'a\tb', 'a\nb', 'a\u2028b', '\ud800'])(
    'of %j is refused, because BuildKit has no way to name it',
    async (from) => {
      expect(await copy(from)).toBeUndefined();
    },
  );

  test.each([
    ['a b', './a b'],
    ['a[1]', './a[[]1]'],
    [' a /b', './[ ]a[ ]/b'],
    ['a$b"c\'d', './a\\$b\\"c\\\'d'],
    ['a^b', './a^b'],
    ['a/!b', './a/!b'],
    ['-a', './-a'],
    ['', './'],
  ])('of %j is written as %j in JSON', async (from, expected) => {
    expect(await copy(from)).toContain(`COPY [${JSON.stringify(expected)}, "./x"]`);
  });
});

test('an image without a tag is no stage of the same name', async () => {
  const from = { kind: 'image', image: 'programs', platform: 'linux/amd64' } as const;
  const text = await printed({ ...stageWith(), from });
  expect(text).toContain('FROM --platform=linux/amd64 programs:latest AS stage');
});

test('lines that hold the mark of their end get another mark', async () => {
  const lines = ['EOF', 'EOF_', 'x'];
  const text = await printed(stageWith({ kind: 'copy-text', lines, to: '/x' }));
  expect(text).toContain("COPY <<'EOF__' /x\nEOF\nEOF_\nx\nEOF__\n");
});

test('a long command goes on over several lines, none of them much wider than a screen', async () => {
  const words = Array.from({ length: 60 }, (_, index) => `--option-${index}=value`);
  const text = (await printed(stageWith({ kind: 'run', mounts: [], words }))) ?? '';
  const lines = text.split('\n').slice(3, -1);
  expect(lines.length).toBeGreaterThan(10);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(110);
  expect(lines.slice(0, -1).every((line) => line.endsWith(' \\'))).toBe(true);
});

test('no stages are no text', async () => {
  expect(await printStages([])).toEqual(new Map());
});
