import { join } from 'node:path';
import { execa } from 'execa';
import { recorded } from './recorder.mjs';
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
    argument.replace(/^(pkgr-\w+)=.*$/, `$1=${programs}`),
  );
  return { file: 'docker', arguments: arguments_, env };
}
