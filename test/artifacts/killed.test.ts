import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { receiveZips, sweepLeftovers } from '../../src/artifacts/index.js';
import { compiledSources } from './compiled.js';
import { digestOf, newFolder } from './folders.js';
import { streamOf, tarOf } from './tar-of.js';

/** Receives half of a zip, says so and waits. */
const program = (sources: string, bytes: string, expected: object) => `
import { readFileSync } from 'node:fs';
import { receiveZips } from '${sources}/artifacts/index.js';
async function* half() {
  yield readFileSync('${bytes}').subarray(0, 150_000);
  setTimeout(() => console.log('half'), 50);
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
await receiveZips(half(), [${JSON.stringify(expected)}]);
`;

test('a build that is killed leaves the earlier zip whole, and the next one sweeps what it left', async () => {
  const folder = newFolder();
  const dist = join(folder, 'dist');
  const data = Buffer.alloc(300_000, 'x');
  const bytes = tarOf([{ name: 'a.zip', data }]);
  writeFileSync(join(folder, 'tar'), bytes);
  const expected = { name: 'a', path: join(dist, 'a.zip'), shown: 'a.zip', digest: digestOf(data) };
  const old = { ...expected, digest: digestOf('old') };
  await receiveZips(streamOf(tarOf([{ name: 'a.zip', data: 'old' }])), [old]);

  writeFileSync(
    join(folder, 'program.mjs'),
    program(compiledSources(['artifacts', 'diagnostics']), join(folder, 'tar'), expected),
  );
  const child = spawn(process.execPath, [join(folder, 'program.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');

  const during = readdirSync(dist).sort();
  expect(during).toEqual([expect.stringMatching(/^\.a\.zip\.pkgr-\d+-[0-9a-f]{12}$/), 'a.zip']);
  // It is alive: another build into the same folder leaves its file alone.
  await sweepLeftovers(dist);
  expect(readdirSync(dist).sort()).toEqual(during);

  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(readdirSync(dist).sort()).toEqual(during);
  expect(readFileSync(join(dist, 'a.zip'), 'utf8')).toBe('old');

  await receiveZips(streamOf(bytes), [expected]);
  expect(readdirSync(dist)).toEqual(['a.zip']);
  expect(readFileSync(join(dist, 'a.zip')).equals(data)).toBe(true);
}, 20_000);

test('only files that pkgr has left are swept', async () => {
  const folder = newFolder();
  const { pid: dead } = spawnSync(process.execPath, ['-e', '']);
  const foreign = ['.a.zip', 'a.zip.pkgr-1-0123456789ab', `.a.zip.pkgr-${dead}-x`, 'b.zip'];
  const left = [`.a.zip.pkgr-${dead}-0123456789ab`, `.b.zip.pkgr-${process.pid}-0123456789ab`];
  for (const name of [...foreign, ...left]) writeFileSync(join(folder, name), '');
  await sweepLeftovers(folder);
  expect(readdirSync(folder).sort()).toEqual(foreign.sort());
  await sweepLeftovers(join(folder, 'nowhere'));
});

test('two builds at once into the same folder do not disturb each other', async () => {
  const dist = newFolder();
  const data = Buffer.alloc(400_000, 'x');
  const bytes = tarOf([{ name: 'a.zip', data }]);
  const expected = { name: 'a', path: join(dist, 'a.zip'), shown: 'a.zip', digest: digestOf(data) };
  async function* slowly() {
    for (let at = 0; at < bytes.length; at += 50_000) {
      yield bytes.subarray(at, at + 50_000);
      await wait(10);
    }
  }
  const both = await Promise.all([
    receiveZips(slowly(), [expected]),
    wait(20).then(() => receiveZips(slowly(), [expected])),
  ]);
  expect(both).toEqual([
    { written: ['a'], failed: new Map() },
    { written: ['a'], failed: new Map() },
  ]);
  expect(readdirSync(dist)).toEqual(['a.zip']);
});
