import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chart } from './chart.mjs';
import { median } from './measure.mjs';
import { targets } from './targets.mjs';
import { steps, workloads } from './workloads.mjs';

/**
 * @typedef {object} Run how a workload was measured
 * @property {string} machine
 * @property {string} engine
 * @property {string} date
 * @property {number} rounds
 * @property {string} cold how pkgr was kept from using what was built before
 * @property {number} [load] of a minute, when the run began
 * @property {number} [pace] seconds that `node -e 0` took then, which tells how fast the machine was
 *
 * @typedef {object} Results
 * @property {Record<string, Run>} runs by workload
 * @property {Record<string, string>} versions
 * @property {Record<string, string>} failures why a tool is not there
 * @property {Record<string, string>} settings
 * @property {Cell[]} cells
 *
 * @typedef {{ workload: string, tool: string, step: string, seconds: number[], memory: number[], sent?: number, failure?: string }} Cell
 */

const place = (/** @type {string} */ name) => join(import.meta.dirname, name);

/**
 * Writes results.json, RESULTS.md and results.svg beside this file; workloads that are not among the
 * results keep those that they have there.
 * @param {Results} measured
 */
export function writeResults(measured) {
  /** @type {Results} */
  const earlier = JSON.parse(readFileSync(place('results.json'), 'utf8'));
  const results = {
    runs: { ...earlier.runs, ...measured.runs },
    versions: { ...earlier.versions, ...measured.versions },
    // Of a tool that this run has there is nothing older to tell.
    failures: {
      ...Object.fromEntries(
        Object.entries(earlier.failures).filter(([tool]) => !(tool in measured.settings)),
      ),
      ...measured.failures,
    },
    settings: { ...earlier.settings, ...measured.settings },
    cells: [
      ...earlier.cells.filter(({ workload }) => measured.runs[workload] === undefined),
      ...measured.cells,
    ],
  };
  writeFileSync(place('results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(place('RESULTS.md'), markdown(results));
  writeFileSync(place('results.svg'), chart(results));
}

/** @param {Results} results */
function markdown(results) {
  const { versions, settings, failures } = results;
  const used = Object.keys(workloads).filter((name) => results.runs[name] !== undefined);
  return [
    '# pkgr beside the alternatives',
    '',
    'Written by `npm run bench`; see [run.mjs](run.mjs) for what is done.',
    '',
    'Wall seconds, medians. Cold: nothing that a tool has made before is used; downloads are there, as each tool keeps them. What was written before is on the disk (`sync`) when a step begins. All tools of a table were measured side by side in one run; the tables may be of different runs.',
    '',
    '| tool | version | how it was used |',
    '|---|---|---|',
    ...Object.entries(settings).map(
      ([name, text]) =>
        `| ${name} | ${versions[name] || 'not there'} | ${failures[name] ?? text} |`,
    ),
    '',
    '## Targets',
    '',
    '| step | target | measured | met |',
    '|---|---|---|---|',
    ...targets(results).map(
      ({ step, target, measured, met }) => `| ${step} | ${target} | ${measured} | ${met} |`,
    ),
    '',
    ...used.flatMap((name) => table(results, name)),
  ].join('\n');
}

/**
 * @param {Results} results
 * @param {string} workload
 */
function table({ cells, runs }, workload) {
  const { date = '', machine, engine, rounds = 0, cold, load, pace } = runs[workload] ?? {};
  const own = cells.filter((cell) => cell.workload === workload);
  const columns = Object.keys(steps).filter((step) => own.some((cell) => cell.step === step));
  const tools = [...new Set(own.map(({ tool }) => tool))];
  const find = (/** @type {string} */ tool, /** @type {string} */ step) =>
    own.find((cell) => cell.tool === tool && cell.step === step);
  const ours = (/** @type {string} */ step) => median(find('pkgr', step)?.seconds ?? []);
  const shown = (/** @type {string} */ tool, /** @type {string} */ step) => {
    const cell = find(tool, step);
    if (cell === undefined) return '';
    if (cell.seconds.length === 0) return `fails: ${(cell.failure ?? '').replaceAll('|', '\\|')}`;
    const seconds = median(cell.seconds);
    const ratio = tool === 'pkgr' ? '' : ` (${(seconds / ours(step)).toPrecision(2)} ×)`;
    const times = cell.seconds.length < rounds ? `<sup>${cell.seconds.length}</sup>` : '';
    return `${seconds.toFixed(seconds < 10 ? 2 : 1)}${times}${ratio}`;
  };
  const sent = (/** @type {string} */ step) => {
    const bytes = find('pkgr', step)?.sent;
    return bytes === undefined ? '' : `${(bytes / 1000).toFixed(1)} kB`;
  };
  const peak = (/** @type {string} */ tool) => {
    const all = own.filter((cell) => cell.tool === tool).flatMap(({ memory }) => memory);
    return all.length === 0 ? '' : `${Math.round(Math.max(...all) / 1e6)} MB`;
  };
  return [
    `## ${workloads[workload]?.().title}`,
    '',
    `${date}, ${machine}, Docker ${engine}, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}${load === undefined ? '' : `; the load average was ${load.toFixed(1)} when it began`}${pace === undefined ? '' : `; \`node -e 0\` took ${pace.toFixed(2)} s`}. Before a cold build by pkgr: ${cold}.`,
    '',
    `| | ${columns.map((step) => steps[step]?.title).join(' | ')} | memory |`,
    `|---|${columns.map(() => '---|').join('')}---|`,
    ...tools.map(
      (tool) =>
        `| ${tool} | ${columns.map((step) => shown(tool, step)).join(' | ')} | ${peak(tool)} |`,
    ),
    `| sent to the engine by pkgr | ${columns.map(sent).join(' | ')} | |`,
    '',
    'In brackets: how many times what pkgr takes. Raised: how many times it was measured, where that is not every round. Memory: of the largest process of the command, in any step; not the engine.',
    '',
  ];
}
