import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { main } from './tools/pkgr.mjs';

/**
 * The docker command of pkgr's solve for the digests, to be run by itself: what the engine and its
 * command take, with nothing of pkgr. Run pkgr before, so that it finds everything in the cache.
 * @param {string} folder of the project
 * @param {Record<string, string>} env
 * @returns {Promise<import('./tools/tool.mjs').Command>}
 */
export async function bareSolve(folder, env) {
  const { calls } = await recorded(folder, env, ['build', '--debug']);
  const call = calls.find((each) => each.arguments.includes('--target'));
  await execa(process.execPath, [main, 'gen'], { cwd: folder, env });
  // The folder of programs was pkgr's for a while; gen writes the same ones.
  const programs = join(folder, '.pkgr/programs');
  const arguments_ = (call?.arguments ?? []).map((argument) =>
    argument.startsWith('pkgr=') ? `pkgr=${programs}` : argument,
  );
  return { file: 'docker', arguments: arguments_, env };
}

/**
 * Runs pkgr with a docker command that writes down how it was called and what the engine said.
 * @param {string} folder
 * @param {Record<string, string>} env
 * @param {readonly string[]} arguments_
 * @returns what pkgr printed, and each call of docker in order
 */
export async function recorded(folder, env, arguments_) {
  const place = mkdtempSync(join(tmpdir(), 'pkgr-bench-'));
  const script = join(place, 'docker');
  const text = [
    '#!/bin/bash',
    `call=${place}/$(date +%s%N)`,
    'printf \'%s\\0\' "$@" > $call.arguments',
    'exec docker "$@" 2> >(tee $call.said >&2)',
  ];
  writeFileSync(script, `${text.join('\n')}\n`, { mode: 0o755 });
  const { stdout, stderr } = await execa(process.execPath, [main, ...arguments_], {
    cwd: folder,
    env: { ...env, PKGR_DOCKER: script },
  });
  const calls = readdirSync(place)
    .filter((name) => name.endsWith('.arguments'))
    .sort()
    .map((name) => ({
      arguments: readFileSync(join(place, name), 'utf8').split('\0').slice(0, -1),
      said: readFileSync(join(place, name.replace('.arguments', '.said'))),
    }));
  rmSync(place, { recursive: true });
  return { stdout, stderr, calls };
}
