#!/usr/bin/env node
/**
 * `npm run bench`: builds the same projects with pkgr and with what there is besides, all in one
 * run: in each round each tool does each step in turn. Writes bench/RESULTS.md, bench/results.json
 * and bench/results.svg, after each workload; what is not built again there stays as it was.
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
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { benchEngine } from './engine.mjs';
import { installAlternatives, programOf } from './install.mjs';
import { measure, median, tellingLine } from './measure.mjs';
import { bytesSent, startRecorder } from './recorder.mjs';
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
const used = options.workload ?? Object.keys(workloads);

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

/** @typedef {{ workload: string, tool: string, step: string, seconds: number[], memory: number[], sent?: number, failure?: string }} Cell */
/** @type {Map<string, Cell>} */
const cells = new Map();
const work = mkdtempSync(join(cache, 'work-'));
const [load = 0] = loadavg();
const pace = await paceOfMachine();

for (let round = 0; round < rounds; round += 1) {
  const taking = tools.filter(({ slow }) => !slow || round < Number(options['slow-rounds']));
  for (const name of used) {
    await takeSteps(name, taking, async (tool, step, folder, command) => {
      await record(name, tool.name, step, async () => {
        const measured = await measure(command, folder, log);
        const absent = measured.failure === undefined && absentFrom(folder, tool, name);
        return absent ? { ...measured, failure: absent } : measured;
      });
      if (tool.name !== 'pkgr') return;
      for (const reference of await references(name, step, folder, env)) {
        await record(name, reference.name, step, () => measure(reference.command, folder, log));
      }
    });
    write();
  }
  if (round === 0) await countSent();
}
if (!options.keep) rmSync(work, { recursive: true, force: true });
write();

/** Once more, to count what is sent to the engine; what writes it down would be measured, too. */
async function countSent() {
  for (const name of used) {
    const counted = tools.filter((tool) => tool.name === 'pkgr');
    await takeSteps(name, counted, async (tool, step, folder, command) => {
      const recorder = startRecorder();
      const recording = { ...command, env: { ...command.env, ...recorder.env } };
      const { failure } = await measure(recording, folder, log);
      const sent = bytesSent(recorder.stop());
      const cell = cells.get(keyOf(name, tool.name, step));
      if (cell && failure === undefined) cell.sent = sent;
    });
  }
}

/** Writes what has been measured, so that a run which is ended early has not been for nothing. */
function write() {
  const run = {
    machine: `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB`,
    engine: engine.version,
    date: new Date().toISOString().slice(0, 10),
    rounds,
    cold: options.prune
      ? 'Docker had an empty build cache, but downloads'
      : 'pkgr build --no-cache',
    load,
    pace,
  };
  writeResults({
    runs: Object.fromEntries([...cells.values()].map(({ workload }) => [workload, run])),
    versions,
    failures,
    settings: Object.fromEntries(tools.map(({ name, settings }) => [name, settings])),
    cells: [...cells.values()],
  });
}

/**
 * Takes tools through the steps of a workload, each tool in a project of its own, which the steps change.
 * @param {string} name of the workload
 * @param {readonly import('./tools/tool.mjs').Tool[]} taking
 * @param {(tool: import('./tools/tool.mjs').Tool, step: string, folder: string, command: import('./tools/tool.mjs').Command) => Promise<void>} take
 */
async function takeSteps(name, taking, take) {
  const projects = taking
    .filter((tool) => tool.workloads.includes(name) && versions[tool.name])
    .map((tool) => ({ tool, workload: workloadOf(name), folder: join(work, name, tool.name) }));
  for (const step of Object.keys(steps)) {
    for (const { tool, workload, folder } of projects) {
      if (!tool.steps.includes(step)) continue;
      mkdirSync(folder, { recursive: true });
      const mark = `${step} ${Date.now()}`;
      if (step === 'cold') beginAnew(workload, mark);
      steps[step]?.change?.(workload, mark);
      tool.write(workload, folder);
      if (step === 'cold') await tool.forget?.(folder);
      await take(tool, step, folder, await tool.command(folder, step));
    }
  }
  rmSync(join(work, name), { recursive: true, force: true });
}

/**
 * What is wrong when a tool says that all is well and has not made a zip, or a folder, for everything.
 * @param {string} folder
 * @param {import('./tools/tool.mjs').Tool} tool
 * @param {string} name of the workload
 */
function absentFrom(folder, tool, name) {
  const { functions, layer } = workloadOf(name);
  const wanted = functions.length + (layer && !tool.withoutLayers ? 1 : 0);
  const place = join(folder, tool.artifacts);
  const entries = existsSync(place) ? readdirSync(place, { withFileTypes: true }) : [];
  const made = entries.filter((entry) => entry.isDirectory() || entry.name.endsWith('.zip'));
  if (made.length >= wanted) return undefined;
  return `exit code 0, and ${made.length} of ${wanted} made: ${tellingLine(folder)}`;
}

/** Seconds of a process that does nothing: shared machines are not always equally fast. */
async function paceOfMachine() {
  const seconds = [];
  for (let round = 0; round < 15; round += 1) {
    const begun = performance.now();
    await execa(process.execPath, ['-e', '0']);
    seconds.push((performance.now() - begun) / 1000);
  }
  return median(seconds);
}

/** @param {string} name */
function workloadOf(name) {
  const workload = workloads[name]?.();
  if (workload === undefined) throw new Error(`there is no workload ${name}`);
  return workload;
}

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
  const key = keyOf(workload, tool, step);
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

/** @param {string[]} parts */
function keyOf(...parts) {
  return parts.join('\n');
}
