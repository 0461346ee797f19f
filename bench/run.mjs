#!/usr/bin/env node
/**
 * `npm run bench`: builds the same projects with pkgr and with what there is besides, all in one
 * run: in each round each tool does each step in turn. Writes bench/RESULTS.md, bench/results.json
 * and bench/results.svg.
 *
 *     npm run bench -- [--rounds N] [--slow-rounds N] [--workload NAME]... [--tool NAME]... [--keep] [--prune]
 *
 * A cold build uses nothing that Docker has built before. With --prune its build cache is emptied for
 * that, but for downloads; without, pkgr is given --no-cache, which downloads anew, too.
 * Tools of which a round takes many minutes take part in the first --slow-rounds alone.
 *
 * Needs an engine whose containers see this machine's folders, python3.11, zip, and for juniper
 * docker-compose. Nothing else should run meanwhile: the load is recorded.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchEngine } from './engine.mjs';
import { installAlternatives, programOf } from './install.mjs';
import { measure } from './measure.mjs';
import { references } from './references.mjs';
import { writeResults } from './results.mjs';
import { juniper } from './tools/juniper.mjs';
import { pkgr } from './tools/pkgr.mjs';
import { samCli } from './tools/sam.mjs';
import { pythonRequirements, socless } from './tools/serverless.mjs';
import { uvZip } from './tools/uv-zip.mjs';
import { steps, workloads } from './workloads.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    'slow-rounds': { type: 'string', default: '1' },
    workload: { type: 'string', multiple: true },
    tool: { type: 'string', multiple: true },
    keep: { type: 'boolean', default: false },
    prune: { type: 'boolean', default: false },
  },
});
const log = (/** @type {string} */ line) => console.error(line);
const rounds = Number(options.rounds);

const engine = await benchEngine(log);
const { cache, modules, failures } = await installAlternatives(log);
const { image, env } = engine;
/** @type {import('./tools/tool.mjs').Tool[]} */
const tools = [
  pkgr({ env, prunes: options.prune }),
  uvZip({ uv: join(programOf('uv'), 'uv') }),
  samCli({ sam: join(programOf('aws-sam-cli'), 'sam'), python: engine.python }),
  juniper({ juni: join(programOf('juniper'), 'juni'), image, env }),
  pythonRequirements({ modules, image, env, cache: join(cache, 'python-requirements') }),
  socless({ modules, image, env }),
].filter(({ name }) => options.tool === undefined || options.tool.includes(name));

/** @type {Record<string, string>} */
const versions = {};
for (const tool of tools) {
  versions[tool.name] = await tool.version().catch((error) => {
    failures[tool.name] ??= String(error.message).split('\n')[0] ?? '';
    return '';
  });
}

/** @typedef {{ workload: string, tool: string, step: string, seconds: number[], memory: number[], failure?: string }} Cell */
/** @type {Map<string, Cell>} */
const cells = new Map();
const work = mkdtempSync(join(cache, 'work-'));
const loads = [];

for (let round = 0; round < rounds; round += 1) {
  for (const name of options.workload ?? Object.keys(workloads)) {
    /** Each tool has a project of its own, which the steps change. */
    const projects = new Map(
      tools
        .filter((tool) => tool.workloads.includes(name))
        .map((tool) => [
          tool,
          { workload: workloads[name]?.(), folder: join(work, name, tool.name) },
        ]),
    );
    for (const step of Object.keys(steps)) {
      for (const [tool, { workload, folder }] of projects) {
        if (workload === undefined || !tool.steps.includes(step) || !versions[tool.name]) continue;
        if (tool.slow && round >= Number(options['slow-rounds'])) continue;
        mkdirSync(folder, { recursive: true });
        const mark = `${step} ${round} ${Date.now()}`;
        if (step === 'cold') beginAnew(workload, mark);
        steps[step]?.change?.(workload, mark);
        tool.write(workload, folder);
        if (step === 'cold') await tool.forget?.(folder);
        const command = await tool.command(folder, step);
        loads.push(loadavg()[0] ?? 0);
        await record(name, tool.name, step, () => measure(command, folder, log));
        if (tool.name !== 'pkgr') continue;
        for (const reference of await references(name, step, folder, env)) {
          await record(name, reference.name, step, () => measure(reference.command, folder, log));
        }
      }
    }
    rmSync(join(work, name), { recursive: true, force: true });
  }
}
if (!options.keep) rmSync(work, { recursive: true, force: true });

writeResults({
  machine: `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB`,
  engine: engine.version,
  date: new Date().toISOString().slice(0, 10),
  rounds,
  slowRounds: Number(options['slow-rounds']),
  cold: options.prune ? 'Docker had an empty build cache, but downloads' : 'pkgr build --no-cache',
  load: Math.max(...loads),
  versions,
  failures,
  settings: Object.fromEntries(tools.map(({ name, settings }) => [name, settings])),
  cells: [...cells.values()],
});

/**
 * A project that no tool has seen: pkgr and Docker know an old one by its content, and what the
 * others keep is removed. What was downloaded before stays for all.
 * @param {import('./workloads.mjs').Workload} workload
 * @param {string} mark
 */
function beginAnew(workload, mark) {
  for (const path of Object.keys(workload.files)) workload.files[path] += `# ${mark}\n`;
  for (const each of workload.functions) {
    if (each.shared.length > 0) each.shared.push(`# ${mark}`);
    if (each.own.length > 0) each.own.push(`# ${mark}`);
  }
  workload.layer?.requirements.push(`# ${mark}`);
}

/**
 * @param {string} workload
 * @param {string} tool
 * @param {string} step
 * @param {() => ReturnType<typeof measure>} take
 */
async function record(workload, tool, step, take) {
  const key = [workload, tool, step].join('\n');
  const cell = cells.get(key) ?? { workload, tool, step, seconds: [], memory: [] };
  cells.set(key, cell);
  const result = await take();
  log(`${workload} ${step} ${tool}: ${result.failure ?? `${result.seconds.toFixed(2)} s`}`);
  if (result.failure !== undefined) cell.failure = result.failure;
  else {
    cell.seconds.push(result.seconds);
    cell.memory.push(result.memory);
  }
}
