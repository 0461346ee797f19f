import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Copy, From, Run } from 'dockerfile-ast';
import { describe, expect, test } from 'vitest';
import { instructionsOf } from '../read-back.js';
import { printOwn } from './print-own.js';

const folder = join(import.meta.dirname, 'written');
const names = readdirSync(folder).map((name) => name.replace('.Dockerfile', ''));
const written = (name: string) => readFileSync(join(folder, `${name}.Dockerfile`), 'utf8');

describe.each(names)("a user's Dockerfile becomes the base: %s", (name) => {
  test('is printed as expected', async () => {
    const path = join(import.meta.dirname, `expected/${name}.Dockerfile`);
    await expect(`${await printOwn(written(name))}\n`).toMatchFileSnapshot(path);
  });

  test('has only stages that are named after the base, the last one like it', async () => {
    const froms = instructionsOf(await printOwn(written(name), { id: 'py-2' })).filter(
      (instruction) => instruction.getKeyword() === 'FROM',
    ) as From[];
    const stages = froms.map((from) => from.getBuildStage() ?? '');
    expect(stages.at(-1)).toBe('py-2');
    for (const stage of stages.slice(0, -1)) expect(stage).toMatch(/^py-2\.\d+$/);
    expect(new Set(stages).size).toBe(stages.length);
  });

  test('takes only from stages that are above', async () => {
    const above = new Set<string>();
    let current = '';
    for (const instruction of instructionsOf(await printOwn(written(name)))) {
      for (const reference of referencesOf(instruction as Copy | Run)) {
        expect([...above]).toContain(reference);
      }
      if (instruction.getKeyword() !== 'FROM') continue;
      if (current !== '') above.add(current);
      const from = instruction as From;
      current = from.getBuildStage() ?? '';
      const image = from.getImage() ?? '';
      expect(/[/:@]/.test(image) || image === 'scratch' || above.has(image)).toBe(true);
      if (above.has(image) || image === 'scratch') continue;
      expect(from.getPlatformFlag()?.getValue()).toMatch(/^(linux\/amd64|\$BUILDPLATFORM)$/);
    }
  });
});

test('the platform is that of the unit, in FROM and in the arguments that tell it', async () => {
  const text = 'FROM tool:$TARGETARCH\nARG TARGETARCH TARGETPLATFORM\nCOPY --from=other /a /b';
  expect((await printOwn(text, { platform: 'linux/arm64' })).split('\n')).toEqual([
    '# An image that docker/Dockerfile copies from.',
    'FROM --platform=linux/arm64 other:latest AS base.1',
    '',
    '# The image to build on, by docker/Dockerfile.',
    'FROM --platform=linux/arm64 tool:arm64 AS base',
    'ARG TARGETARCH="arm64" TARGETPLATFORM="linux/arm64"',
    'COPY --from=base.1 /a /b',
    'USER root',
  ]);
});

test('an argument with quotes, a dollar sign and a backslash keeps its value', async () => {
  const text = `ARG A='a"b $X \\c'\nFROM x\nARG A\nRUN true`;
  expect(await printOwn(text)).toContain('\nARG A="a\\"b \\$X \\\\c"\n');
});

function referencesOf(instruction: Copy | Run): readonly string[] {
  if (!['COPY', 'RUN'].includes(instruction.getKeyword())) return [];
  return instruction.getFlags().flatMap((flag) => {
    const parts = flag.getName() === 'mount' ? flag.getOptions() : [flag];
    return parts.flatMap((part) => (part.getName() === 'from' ? (part.getValue() ?? '') : []));
  });
}
