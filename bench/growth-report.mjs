import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { growthChart } from './growth-chart.mjs';
import { median } from './measure.mjs';

/**
 * @typedef {'functions' | 'files'} Axis
 * @typedef {object} Point what one command took
 * @property {Axis} axis
 * @property {number} size functions, or files
 * @property {string} step
 * @property {number} seconds
 * @property {number} memory bytes, of pkgr at most
 * @property {number} sent bytes of contexts
 *
 * @typedef {object} Growth
 * @property {string} machine
 * @property {string} engine
 * @property {string} date
 * @property {number} rounds
 * @property {Point[]} points
 *
 * @typedef {{ size: number, seconds: number, memory: number, sent: number }} Median
 */

/** What is measured of each size, in order. */
export const STEPS = {
  cold: 'cold',
  unchanged: 'nothing changed',
  edited: 'one file edited',
  bare: '`docker buildx build` alone, nothing changed',
  plan: '`pkgr plan`',
  gen: '`pkgr gen`, again',
};

/** @type {Record<Axis, string>} */
const TITLES = { functions: 'Functions', files: 'Files that no function wants' };

/** Writes growth.json, GROWTH.md and growth.svg beside this file. @param {Growth} growth */
export function writeGrowth(growth) {
  const place = (/** @type {string} */ name) => join(import.meta.dirname, name);
  writeFileSync(place('growth.json'), `${JSON.stringify(growth, null, 2)}\n`);
  writeFileSync(place('GROWTH.md'), markdown(growth));
  writeFileSync(place('growth.svg'), growthChart(growth));
}

/**
 * Medians of one step, by size.
 * @param {Growth} growth @param {Axis} axis @param {string} step
 * @returns {Median[]}
 */
export function medians({ points }, axis, step) {
  const own = points.filter((point) => point.axis === axis && point.step === step);
  const sizes = [...new Set(own.map(({ size }) => size))].sort((one, other) => one - other);
  return sizes.map((size) => {
    const same = own.filter((point) => point.size === size);
    const of = (/** @type {'seconds' | 'memory' | 'sent'} */ key) =>
      median(same.map((point) => point[key]));
    return { size, seconds: of('seconds'), memory: of('memory'), sent: of('sent') };
  });
}

/**
 * The exponent with which a value grows between two sizes: 0 not at all, 1 in proportion, 2 with
 * the square.
 * @param {Median} from @param {Median} to
 */
export function exponent(from, to) {
  return Math.log(to.seconds / from.seconds) / Math.log(to.size / from.size);
}

/**
 * What each further function or file takes, by least squares.
 * @param {readonly Median[]} medians_
 * @returns {number} seconds
 */
export function slope(medians_) {
  const mean = (/** @type {number[]} */ values) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(medians_.map(({ size }) => size)), mean(medians_.map((m) => m.seconds))];
  const over = medians_.reduce((sum, { size, seconds }) => sum + (size - x) * (seconds - y), 0);
  return over / medians_.reduce((sum, { size }) => sum + (size - x) ** 2, 0);
}

/** @param {Growth} growth */
function markdown(growth) {
  const { machine, engine, date, rounds, points } = growth;
  const axes = /** @type {Axis[]} */ (['functions', 'files']);
  return [
    '# How the cost grows',
    '',
    'Written by `npm run bench:growth`; see [growth.mjs](growth.mjs) for what is done, and',
    '[the decision](../docs/decisions/growth.md) for what the slopes consist of.',
    '',
    `${date}, ${machine}, Docker ${engine}, ${rounds} rounds, medians.`,
    '',
    '![wall time, memory and bytes sent by size, on logarithmic scales](growth.svg)',
    '',
    ...axes
      .filter((axis) => points.some((point) => point.axis === axis))
      .flatMap((axis) => table(growth, axis)),
  ].join('\n');
}

/** @param {Growth} growth @param {Axis} axis */
function table(growth, axis) {
  const sizes = medians(growth, axis, 'unchanged').map(({ size }) => size);
  const row = (/** @type {string} */ title, /** @type {string[]} */ cells) =>
    `| ${title} | ${cells.join(' | ')} |`;
  const last = (/** @type {Median[]} */ all) => {
    const [from, to] = all.slice(-2);
    return from && to ? exponent(from, to).toFixed(2) : '';
  };
  const lines = Object.entries(STEPS).map(([step, title]) => {
    const all = medians(growth, axis, step);
    const each = all.length < 2 ? '' : `${(slope(all) * 1000).toPrecision(2)} ms`;
    return row(title, [...all.map(({ seconds }) => `${seconds.toFixed(2)} s`), each, last(all)]);
  });
  const mega = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  const most = sizes.map((size) =>
    Math.max(
      ...growth.points
        .filter((point) => point.axis === axis && point.size === size && point.step !== 'bare')
        .map(({ memory }) => memory),
    ),
  );
  const sent = (/** @type {string} */ step) =>
    medians(growth, axis, step).map((each) => mega(each.sent));
  return [
    `## ${TITLES[axis]}`,
    '',
    row('', [
      ...sizes.map((size) => size.toLocaleString('en')),
      'each more',
      'exponent at the end',
    ]),
    `|---|${'---|'.repeat(sizes.length + 2)}`,
    ...lines,
    row('memory of pkgr, at most', [...most.map(mega), '', '']),
    row('sent, cold', [...sent('cold'), '', '']),
    row('sent, nothing changed', [...sent('unchanged'), '', '']),
    row('sent, one file edited', [...sent('edited'), '', '']),
    '',
    'Each more: by least squares. Exponent: 0 is flat, 1 linear, 2 would be quadratic.',
    '',
  ];
}
