import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { main } from './tools/pkgr.mjs';

/** @typedef {{ arguments: string[], said: Buffer }} Call how docker was called, and its stderr */

/**
 * Runs pkgr with a docker command that writes down how it was called and what the engine said.
 * @param {string} folder
 * @param {Record<string, string>} env
 * @param {readonly string[]} arguments_
 * @returns what pkgr printed, and each call of docker in order
 */
export async function recorded(folder, env, arguments_) {
  const recorder = startRecorder();
  const { stdout, stderr } = await execa(process.execPath, [main, ...arguments_], {
    cwd: folder,
    env: { ...env, ...recorder.env },
  });
  return { stdout, stderr, calls: recorder.stop() };
}

/** What a command is given for its calls of docker to be written down, until it is stopped. */
export function startRecorder() {
  const place = mkdtempSync(join(tmpdir(), 'pkgr-bench-'));
  const script = join(place, 'docker');
  const text = [
    '#!/bin/bash',
    `call=${place}/$(date +%s%N)`,
    'printf \'%s\\0\' "$@" > $call.arguments',
    'exec docker "$@" 2> >(tee $call.said >&2)',
  ];
  writeFileSync(script, `${text.join('\n')}\n`, { mode: 0o755 });
  return {
    env: { PKGR_DOCKER: script },
    stop() {
      const calls = readdirSync(place)
        .filter((name) => name.endsWith('.arguments'))
        .sort()
        .map((name) => ({
          arguments: readFileSync(join(place, name), 'utf8').split('\0').slice(0, -1),
          said: readFileSync(join(place, name.replace('.arguments', '.said'))),
        }));
      rmSync(place, { recursive: true });
      return calls;
    },
  };
}

/**
 * Bytes of contexts that solves have sent to the engine, by what it says of them as `rawjson`.
 * @param {readonly Call[]} calls
 * @param {RegExp} which of the engine's names for what is sent
 */
export function bytesSent(calls, which = /^transferring /) {
  const solves = calls.filter((call) => call.arguments.includes('--target'));
  return solves.reduce((sum, { said }) => sum + mostOfEach(said.toString(), which), 0);
}

/**
 * @param {string} said objects, each on a line of its own, or from a line of `{` to a line of `}`
 * @param {RegExp} which
 */
function mostOfEach(said, which) {
  /** @type {Map<string, number>} */
  const most = new Map();
  for (const text of said.match(/^\{(?:$[\s\S]*?^\}|.*\})$/gm) ?? []) {
    for (const { id, vertex, current } of JSON.parse(text).statuses ?? []) {
      if (!which.test(id)) continue;
      most.set(vertex, Math.max(most.get(vertex) ?? 0, current ?? 0));
    }
  }
  return [...most.values()].reduce((sum, bytes) => sum + bytes, 0);
}
