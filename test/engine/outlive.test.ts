import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { compiledSources } from '../artifacts/compiled.js';
import { folderWith } from './local-engine.js';

/** A docker command that runs for a minute, tells that it does and counts what asks it to end. */
const docker = `#!/bin/sh
cd "$(dirname "$0")"
trap 'echo INT >>signals; kill $!; exit 1' INT
echo $$ >pid
echo '{"vertexes":[{"digest":"a","name":"begun"}]}' >&2
sleep 60 >/dev/null 2>&1 & wait
`;

/** Solves; what it does when the docker command has begun is the test's. */
const program = (sources: string, then: string) => `
import { solve } from '${sources}/engine/index.js';
const stop = new AbortController();
const result = await solve({
  dockerfile: '', ignore: '', context: '/', target: 'out', namedContexts: {}, secrets: [],
  ssh: false, noCache: false, signal: stop.signal,
  onProgress: () => { ${then} },
  receive: async (tar) => { for await (const _ of tar); },
});
console.log(JSON.stringify(result.failure));
`;

function start(then: string) {
  const folder = folderWith({});
  const command = join(folder, 'docker');
  writeFileSync(command, docker, { mode: 0o755 });
  const file = join(folder, 'program.mjs');
  writeFileSync(file, program(compiledSources(['engine', 'diagnostics']), then));
  const child = spawn(process.execPath, [file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PKGR_DOCKER: command, TMPDIR: folder },
    // As a shell starts it: with a process group of its own, which a terminal's Ctrl-C reaches.
    detached: true,
  });
  return { folder, child };
}

/** Whether it still runs; one that nobody has waited for yet does not. */
function isAlive(folder: string): boolean {
  const pid = readFileSync(join(folder, 'pid'), 'utf8').trim();
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
  return /^[^Z]/.test(stdout.trim());
}

test('a docker command does not outlive a process that ends without waiting for it', async () => {
  const { folder, child } = start('process.exit(3)');
  expect(await once(child, 'exit')).toEqual([3, null]);
  await wait(200);
  expect(existsSync(join(folder, 'pid'))).toBe(true);
  expect(isAlive(folder)).toBe(false);
  expect(readdirSync(folder).filter((name) => name.startsWith('pkgr-'))).toEqual([]);
});

test('a Ctrl-C of the terminal reaches the docker command once, through the signal given', async () => {
  const { folder, child } = start(
    `process.once('SIGINT', () => setTimeout(() => stop.abort(), 300)); console.log('begun')`,
  );
  await once(child.stdout, 'data');
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await wait(150);
  expect(existsSync(join(folder, 'signals'))).toBe(false);
  const [printed] = await once(child.stdout, 'data');
  expect(String(printed)).toBe('{"kind":"interrupted"}\n');
  expect(readFileSync(join(folder, 'signals'), 'utf8')).toBe('INT\n');
  expect(isAlive(folder)).toBe(false);
});
