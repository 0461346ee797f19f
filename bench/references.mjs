import { join } from 'node:path';
import { bareSolve } from './bare.mjs';
import { main } from './tools/pkgr.mjs';
import { RUNTIME } from './workloads.mjs';

const DEFLATE = join(import.meta.dirname, 'parallel_deflate.py');

/**
 * What pkgr is measured against besides the alternatives: parts of the work by themselves, right
 * after pkgr has done the step.
 * @param {string} workload
 * @param {string} step
 * @param {string} folder of pkgr's project
 * @param {Record<string, string>} env
 * @returns {Promise<{ name: string, command: import('./tools/tool.mjs').Command }[]>}
 */
export async function references(workload, step, folder, env) {
  const pip = (/** @type {string} */ file, /** @type {string} */ after) => ({
    file: 'sh',
    arguments: [
      '-ec',
      `rm -rf .bench-pip; ${RUNTIME} -m pip install -q --no-compile --target .bench-pip -r ${file}; ${after}`,
    ],
  });
  const node = (/** @type {string[]} */ ...arguments_) => ({
    file: process.execPath,
    arguments: [main, ...arguments_],
    env,
  });
  if (step === 'unchanged') {
    return [
      { name: 'docker buildx build', command: await bareSolve(folder, env) },
      { name: 'pkgr gen', command: node('gen') },
      { name: 'pkgr --version', command: node('--version') },
    ];
  }
  if (workload === 'science' && step === 'cold') {
    const deflate = `python3 ${DEFLATE} .bench-pip .bench-deflated`;
    return [{ name: 'pip + parallel deflate', command: pip('layer/requirements.txt', deflate) }];
  }
  if (workload === 'hundred' && step === 'required') {
    const file = 'functions/function_0100/requirements.txt';
    return [{ name: 'pip, that set', command: pip(file, ':') }];
  }
  return [];
}
