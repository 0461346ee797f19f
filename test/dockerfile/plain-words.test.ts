import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Stage } from '../../src/dockerfile/instruction.js';
import { hostile } from './hostile.js';
import { check, frame, printed, stageWith } from './printing.js';
import { skeletonOf } from './read-back.js';

describe('a value that is printed without quotes is a plain word or refused', {
  timeout: 300_000,
}, () => {
  const plain = fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/);
  const values: readonly [string, (text: string) => Stage, string][] = [
    ['a user', (name) => stageWith({ kind: 'user', name }), 'USER'],
    ['a stage', (stage) => stageWith({ kind: 'copy-stage', stage, source: '/', to: '/' }), 'COPY'],
    [
      'a named context',
      (context) => stageWith({ kind: 'copy', context, from: '', to: './' }),
      'COPY',
    ],
    [
      'a path in a stage',
      (source) => stageWith({ kind: 'copy-stage', stage: 'x', source, to: '/' }),
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

  test.each([
    '',
    'A-B',
    '1A',
    'A=B',
    'A B',
    'A\n',
    'Ä',
    'A$',
  ])('the variable %j is refused', async (name) => {
    expect(await printed(stageWith({ kind: 'env', name, value: '' }))).toBeUndefined();
  });
});
