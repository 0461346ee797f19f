import { describe, expect, it } from 'vitest';
import { projectOf, type Sample } from './sample-project.js';

/** Whether the code of a function is small that includes these paths. */
async function isSmall(
  files: Readonly<Record<string, Sample>>,
  include: string,
  more = '',
): Promise<boolean | undefined> {
  const manifest = `${more}functions:\n  f: {runtime: python3.13, include: ${include}}\n`;
  const { units } = await projectOf(manifest, files);
  return units[0]?.hasSmallCode;
}

const many = (folder: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${folder}/m${index}.py`, '']));
const bytes = (count: number) => new Uint8Array(count);

describe('code is small', () => {
  it('with at most 100 files', async () => {
    expect(await isSmall(many('a', 100), 'a/')).toBe(true);
    expect(await isSmall(many('a', 101), 'a/')).toBe(false);
    expect(await isSmall({ ...many('a', 60), ...many('a/deep/er', 60) }, 'a/')).toBe(false);
  });

  it('with at most a MiB', async () => {
    expect(await isSmall({ 'a/x': bytes(1 << 20) }, 'a/')).toBe(true);
    expect(await isSmall({ 'a/x': bytes((1 << 20) + 1) }, 'a/')).toBe(false);
    expect(await isSmall({ 'a/x': bytes(1 << 20), 'b/x': bytes(1) }, '[a/, b/]')).toBe(false);
    expect(await isSmall({ 'a/x': bytes(1 << 21), b: '' }, 'b')).toBe(true);
    expect(await isSmall({ x: bytes(1 << 21), link: { link: 'x' } }, 'link')).toBe(false);
  });

  it('where only what is never packed is large', async () => {
    const large = bytes(1 << 21);
    const files = {
      'a/app.py': '',
      'a/__pycache__/x': large,
      'a/.git/x': large,
      'a/venv/x': large,
    };
    expect(await isSmall(files, 'a/')).toBe(false);
    expect(await isSmall(files, 'a/', 'global: {exclude: [a/venv]}\n')).toBe(true);
    expect(await isSmall({ ...files, '.dockerignore': 'a/venv' }, 'a/')).toBe(true);
    const logs = { 'a/app.py': '', 'a/one.log': large, 'a/app.pyc': large };
    expect(await isSmall(logs, 'a/')).toBe(false);
    expect(await isSmall(logs, 'a/', "global: {exclude: ['**/*.log']}\n")).toBe(true);
  });
});
