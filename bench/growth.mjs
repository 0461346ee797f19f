#!/usr/bin/env node
/**
 * `npm run bench:growth`: how pkgr's cost grows with the number of functions, and with that of files
 * that no function wants. Writes bench/GROWTH.md, bench/growth.json and bench/growth.svg.
 *
 *     npm run bench:growth -- [--rounds N] [--functions 1,10,...] [--files 1000,...]
 *
 * Needs an engine. Nothing else should run meanwhile.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bareSolve } from './bare.mjs';
import { benchEngine } from './engine.mjs';
import { writeGrowth } from './growth-report.mjs';
import { measure } from './measure.mjs';
import { bytesSent, startRecorder } from './recorder.mjs';
import { main, pkgr } from './tools/pkgr.mjs';
import { functions, many, steps } from './workloads.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    functions: { type: 'string', default: '1,10,100,300,1000' },
    files: { type: 'string', default: '1000,3000,10000,30000,100000' },
  },
});
const log = (/** @type {string} */ line) => console.error(line);
const sizes = (/** @type {string} */ list) => list.split(',').filter(Boolean).map(Number);

/** Where projects have files that go into no zip: a half beside the functions, a half within one. */
const IRRELEVANT = ['docs/', 'functions/function_0001/node_modules/'];
const FILES_A_FOLDER = 100;

const engine = await benchEngine(log);
const { env } = engine;
const tool = pkgr({ env });
const work = mkdtempSync(join(tmpdir(), 'pkgr-growth-'));
/** @type {import('./growth-report.mjs').Point[]} */
const points = [];

for (let round = 0; round < Number(options.rounds); round += 1) {
  for (const size of sizes(options.functions)) {
    await take('functions', size, many('many', size), () => {});
  }
  for (const size of sizes(options.files)) {
    const workload = {
      name: 'files',
      title: '',
      exclude: ['**/node_modules'],
      ...functions(
        14,
        () => [],
        () => [],
      ),
    };
    await take('files', size, workload, (folder) => scatter(folder, size));
  }
}
rmSync(work, { recursive: true });
writeGrowth({
  machine: `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB`,
  engine: engine.version,
  date: new Date().toISOString().slice(0, 10),
  rounds: Number(options.rounds),
  points,
});

/**
 * @param {import('./growth-report.mjs').Axis} axis
 * @param {number} size
 * @param {import('./workloads.mjs').Workload} workload
 * @param {(folder: string) => void} furnish
 */
async function take(axis, size, workload, furnish) {
  const folder = mkdtempSync(join(work, `${axis}-`));
  furnish(folder);
  tool.write(workload, folder);
  await record('plan', [main, 'plan']);
  await record('cold', [main, 'build', '--no-cache']);
  await record('unchanged', [main, 'build']);
  steps.edited?.change?.(workload, `${Date.now()}`);
  tool.write(workload, folder);
  await record('edited', [main, 'build']);
  const bare = await bareSolve(folder, env);
  note('bare', await measure(bare, folder, log), 0);
  await record('gen', [main, 'gen']);
  rmSync(folder, { recursive: true });

  /** @param {string} step @param {string[]} arguments_ */
  async function record(step, arguments_) {
    const recorder = startRecorder();
    const command = {
      file: process.execPath,
      arguments: arguments_,
      env: { ...env, ...recorder.env },
    };
    const measured = await measure(command, folder, log);
    note(step, measured, bytesSent(recorder.stop()));
  }
  /** @param {string} step @param {{ seconds: number, memory: number, failure?: string }} measured @param {number} sent */
  function note(step, { seconds, memory, failure }, sent) {
    if (failure !== undefined) throw new Error(`${axis} ${size} ${step}: ${failure}`);
    log(`${size} ${axis}, ${step}: ${seconds.toFixed(2)} s`);
    points.push({ axis, size, step, seconds, memory, sent });
  }
}

/**
 * Files of some lines in folders of a hundred.
 * @param {string} folder
 * @param {number} count
 */
function scatter(folder, count) {
  for (let index = 0; index < count; index += 1) {
    const place = join(
      folder,
      IRRELEVANT[index % 2] ?? '',
      `part-${Math.floor(index / 2 / FILES_A_FOLDER)}`,
    );
    if (index % (2 * FILES_A_FOLDER) < 2) mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `file-${index}.txt`), `${index}\n`.repeat(100));
  }
}
