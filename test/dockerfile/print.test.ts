import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printComment, printStages } from '../../src/dockerfile/print.js';
import { hostile, hostileLine } from './hostile.js';
import { check, frame, printed, stageWith } from './printing.js';
import {
  instructionsOf,
  readCopy,
  readEnvironment,
  readHereDocument,
  readRun,
  skeletonOf,
} from './read-back.js';

describe('whatever a value holds, it stays one value', { timeout: 300_000 }, () => {
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

describe('a COPY', () => {
  const copy = (from: string) => printed(stageWith({ kind: 'copy', from, to: './x' }));

  test.each([
    'a*',
    'a?',
    '!a',
    'a\\b',
    'a[^b]',
    ' ^',
    'a\tb',
    'a\nb',
    'a\u2028b',
    '\ud800',
  ])('of %j is refused, because BuildKit has no way to name it', async (from) => {
    expect(await copy(from)).toBeUndefined();
  });

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
