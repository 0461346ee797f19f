import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// yazl reads the zone once when it is loaded, so this comes before anything that loads it, and the
// test has a file, and with it a process, of its own.
process.env.TZ = 'Pacific/Kiritimati';

test('a zip is dated 1980-01-01 00:00:00 fourteen hours east of Greenwich too', async () => {
  const { writeZip } = await import('../../src/host/zip.js');
  const { readZip } = await import('./compare-zips.js');
  const folder = mkdtempSync(join(tmpdir(), 'pkgr-host-'));
  try {
    await writeZip([{ kind: 'folder', name: 'a' }], join(folder, 'out.zip'));
    const [entry] = await readZip(readFileSync(join(folder, 'out.zip')));
    expect(new Date().getTimezoneOffset()).toBe(-14 * 60);
    expect(entry?.date).toBe(`${(1 << 5) | 1} 0`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the first midnight of 1980, which the date is made of, exists in every zone', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const wrong = zones.filter((zone) => {
    process.env.TZ = zone;
    const date = new Date(1980, 0, 1);
    return date.getFullYear() !== 1980 || date.getHours() !== 0 || date.getMinutes() !== 0;
  });
  expect(zones.length).toBeGreaterThan(300);
  expect(wrong).toEqual([]);
});
