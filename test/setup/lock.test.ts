import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../scripts/lock.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pkgr-lock-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that appends "in" and "out" around 20 ms of work under the lock. */
function worker() {
  const script = `
    import { appendFileSync } from 'node:fs';
    import { withLock } from ${JSON.stringify(new URL('../../scripts/lock.mjs', import.meta.url).href)};
    await withLock('x', async () => {
      appendFileSync('trace', 'in ');
      await new Promise((done) => setTimeout(done, 20));
      appendFileSync('trace', 'out ');
    }, process.cwd());`;
  return execa('node', ['--input-type=module', '-e', script], { cwd: folder });
}

test('processes that want the same lock work one after the other', async () => {
  await Promise.all(Array.from({ length: 4 }, worker));
  expect(readFileSync(join(folder, 'trace'), 'utf8')).toBe('in out '.repeat(4));
});

test('a lock whose owner is gone is taken over, by one process at a time', async () => {
  const gone = await execa('node', ['-p', 'process.pid']);
  writeFileSync(join(folder, `pkgr-x-${process.getuid?.() ?? 0}.lock`), gone.stdout);
  await Promise.all(Array.from({ length: 4 }, worker));
  expect(readFileSync(join(folder, 'trace'), 'utf8')).toBe('in out '.repeat(4));
});

test('the lock is given back and the error kept when the work fails', async () => {
  const work = () => Promise.reject(new Error('no space'));
  await expect(withLock('x', work, folder)).rejects.toThrow('no space');
  expect(readdirSync(folder)).toEqual([]);
});
