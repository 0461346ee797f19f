import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openSetCache } from '../../src/host/set-cache.js';
import { mixedProject, textIn } from './mixed-project.js';
import { packProject, temporaryFolder } from './temporary-project.js';

vi.setConfig({ testTimeout: 120_000 });

describe('what was installed before', () => {
  const installs = (events: readonly { readonly kind: string }[]) =>
    events.filter(({ kind }) => kind === 'installing').length;

  test('is used again, also by another set, until anything that pip reads changes', async () => {
    const root = await mixedProject();
    const cache = temporaryFolder();
    const first = await packProject(root, { cache });
    const again = await packProject(root, { cache });
    expect([installs(first.events), installs(again.events)]).toEqual([1, 0]);
    expect(again.sha256).toEqual(first.sha256);

    writeFileSync(join(root, 'lib/mylib.py'), 'VALUE = 2\n');
    const changed = await packProject(root, { cache });
    expect(installs(changed.events)).toBe(1);
    expect(await textIn(changed.zips.hello, 'mylib.py')).toBe('VALUE = 2\n');
    expect(changed.sha256).toEqual((await packProject(root)).sha256);

    writeFileSync(join(root, 'app/main.py'), 'import os\n');
    const edited = await packProject(root, { cache });
    expect(installs(edited.events)).toBe(0);
    expect(edited.sha256.shared).toBe(changed.sha256.shared);
    expect(await textIn(edited.zips.hello, 'app/main.py')).toBe('import os\n');

    expect(installs((await packProject(root, { cache, noCache: true })).events)).toBe(1);
  });

  test('is not used when it is damaged, and a cache that cannot be written is no obstacle', async () => {
    const root = await mixedProject();
    const cache = temporaryFolder();
    const { sha256 } = await packProject(root, { cache });
    const sets = join(cache, 'pkgr/sets');
    for (const name of execFileSync('ls', [sets]).toString().trim().split('\n')) {
      writeFileSync(join(sets, name), 'damaged');
    }
    const repaired = await packProject(root, { cache });
    expect([installs(repaired.events), repaired.sha256]).toEqual([1, sha256]);

    rmSync(cache, { recursive: true });
    writeFileSync(cache, 'a file where the cache should be');
    expect((await packProject(root, { cache })).sha256).toEqual(sha256);
  });

  test('can be shared by builds at the same time', async () => {
    const root = await mixedProject();
    const cache = temporaryFolder();
    const [one, other] = await Promise.all([
      packProject(root, { cache, noCache: true }),
      packProject(root, { cache, noCache: true }),
    ]);
    expect(one.sha256).toEqual(other.sha256);
  });
});

test('a zip that no build has asked for in a month is removed, one that was is not', async () => {
  const folder = temporaryFolder();
  const sets = join(folder, 'sets');
  const cache = await openSetCache(folder);
  mkdirSync(sets, { recursive: true });
  const daysAgo = (name: string, days: number) => {
    const date = new Date(Date.now() - days * 24 * 60 * 60 * 1000);
    writeFileSync(join(sets, name), '');
    utimesSync(join(sets, name), date, date);
  };
  daysAgo('old.zip', 31);
  daysAgo('asked-for.zip', 31);
  daysAgo('recent.zip', 20);
  daysAgo('being-written.new', 0);
  daysAgo('given-up.new', 2);
  expect(await cache.find('asked-for.zip')).toBe(join(sets, 'asked-for.zip'));
  expect(await cache.find('never.zip')).toBeUndefined();
  const path = cache.prepare();
  writeFileSync(path, 'new');
  await cache.keep('new.zip', path);
  expect(readdirSync(sets).sort()).toEqual([
    'asked-for.zip',
    'being-written.new',
    'new.zip',
    'recent.zip',
  ]);
});
