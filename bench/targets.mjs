import { median } from './measure.mjs';

/** @typedef {{ step: string, target: string, measured: string, met: string }} Target */

const DOCKER_BASED = ['juniper', 'serverless-python-requirements', 'socless_integration_packager'];

/**
 * What is aimed at, and whether this run has met it.
 * @param {import('./results.mjs').Results} results
 * @returns {Target[]}
 */
export function targets({ cells }) {
  const seconds = (
    /** @type {string} */ workload,
    /** @type {string} */ tool,
    /** @type {string} */ step,
  ) => {
    const cell = cells.find(
      (each) => each.workload === workload && each.tool === tool && each.step === step,
    );
    return median(cell?.seconds ?? []);
  };
  const memory = Math.max(
    0,
    ...cells.filter(({ tool }) => tool === 'pkgr').flatMap((cell) => cell.memory),
  );
  const spr = 'serverless-python-requirements';
  const bare = 'docker buildx build';
  const dockerBased = DOCKER_BASED.map((tool) => seconds('fourteen', tool, 'cold')).filter(
    Number.isFinite,
  );
  // Of none there is no best one: the least of nothing is infinite, and any time a part of it.
  const bestDocker = dockerBased.length === 0 ? Number.NaN : Math.min(...dockerBased);
  const ours = (/** @type {string} */ workload, /** @type {string} */ step) =>
    seconds(workload, 'pkgr', step);
  return [
    ratio(
      '14 functions, cold',
      'at most 1/4 of the best Docker-based alternative',
      ours('fourteen', 'cold') / bestDocker,
      1 / 4,
    ),
    ratio(
      '14 functions, cold',
      'at most 1/2 of uv + zip',
      ours('fourteen', 'cold') / seconds('fourteen', 'uv + zip', 'cold'),
      1 / 2,
    ),
    limit(
      '14 functions, nothing changed',
      'at most 0.5 s over a bare docker buildx build of the same target',
      ours('fourteen', 'unchanged') - seconds('fourteen', bare, 'unchanged'),
      0.5,
    ),
    limit('14 functions, nothing changed', 'below 1 s', ours('fourteen', 'unchanged'), 1),
    ratio(
      '14 functions, nothing changed',
      `at most 1/40 of ${spr}`,
      ours('fourteen', 'unchanged') / seconds('fourteen', spr, 'unchanged'),
      1 / 40,
    ),
    limit('14 functions, one file edited', 'at most 1.5 s', ours('fourteen', 'edited'), 1.5),
    limit('numpy and pandas, one file edited', 'at most 1.5 s', ours('science', 'edited'), 1.5),
    ratio(
      'numpy and pandas, one file edited',
      `at most 1/15 of ${spr}`,
      ours('science', 'edited') / seconds('science', spr, 'edited'),
      1 / 15,
    ),
    ratio(
      'numpy and pandas, cold',
      'within 1.3 of pip install and one parallel deflate',
      ours('science', 'cold') / seconds('science', 'pip + parallel deflate', 'cold'),
      1.3,
    ),
    limit(
      '100 functions, a line required by one',
      'at most 2 s beyond an install of that set',
      ours('hundred', 'required') - seconds('hundred', 'pip, that set', 'required'),
      2,
    ),
    limit('300 functions, nothing changed', 'at most 3 s', ours('three-hundred', 'unchanged'), 3),
    limit('1,000 functions, nothing changed', 'at most 6 s', ours('thousand', 'unchanged'), 6),
    limit(
      '1,000 functions, `pkgr gen` beyond `pkgr --version`',
      'below 0.5 s',
      seconds('thousand', 'pkgr gen', 'unchanged') -
        seconds('thousand', 'pkgr --version', 'unchanged'),
      0.5,
    ),
    limit(
      '`pkgr --version`',
      'below 0.1 s',
      seconds('thousand', 'pkgr --version', 'unchanged'),
      0.1,
    ),
    {
      step: 'every workload',
      target: 'memory of pkgr below 300 MB',
      measured: `${Math.round(memory / 1e6)} MB`,
      met: memory < 300e6 ? 'yes' : 'no',
    },
  ];
}

/**
 * @param {string} step
 * @param {string} target
 * @param {number} value
 * @param {number} most
 * @returns {Target}
 */
function ratio(step, target, value, most) {
  const shown = value < 1 ? `1/${(1 / value).toFixed(1)}` : value.toFixed(2);
  return { step, target, ...judged(value, most, shown) };
}

/**
 * @param {string} step
 * @param {string} target
 * @param {number} value seconds
 * @param {number} most seconds
 * @returns {Target}
 */
function limit(step, target, value, most) {
  return { step, target, ...judged(value, most, `${value.toFixed(2)} s`) };
}

/**
 * @param {number} value
 * @param {number} most
 * @param {string} shown
 */
function judged(value, most, shown) {
  if (!Number.isFinite(value)) return { measured: 'not in this run', met: '' };
  return { measured: shown, met: value <= most ? 'yes' : 'no' };
}
