import { medians } from './growth-report.mjs';

const STEPS = {
  cold: 'cold',
  edited: 'one file edited',
  unchanged: 'nothing changed',
  bare: 'docker alone',
};
const WIDTH = 380;
const HEIGHT = 260;
const [LEFT, TOP, RIGHT, BOTTOM] = [44, 40, 14, 44];

/**
 * Seconds by size, a panel for functions and one for files, both scales logarithmic.
 * @param {import('./growth-report.mjs').Growth} growth
 */
export function growthChart(growth) {
  const style = [
    'text{fill:#1f2328}.grid{stroke:#d1d9e0}.line{fill:none;stroke-width:2}',
    '.cold{stroke:#9a6700}.edited{stroke:#0969da}.unchanged{stroke:#1a7f37}.bare{stroke:#6e7781;stroke-dasharray:4 3}',
    '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#3d444d}',
    '.cold{stroke:#d29922}.edited{stroke:#58a6ff}.unchanged{stroke:#3fb950}.bare{stroke:#9198a1}}',
  ];
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * WIDTH} ${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="11">`,
    `<title>Seconds of pkgr build by the number of functions, and of files that no function wants (${growth.date})</title>`,
    `<style>${style.join('')}</style>`,
    ...Object.entries(STEPS).map(
      ([step, title], index) =>
        `<path class="line ${step}" d="M${LEFT + index * 150} 14h22"/><text x="${LEFT + 28 + index * 150}" y="18">${title}</text>`,
    ),
    ...panel(growth, 'functions', 0, 'functions'),
    ...panel(growth, 'files', WIDTH, 'files that no function wants'),
    '</svg>',
  ].join('\n')}\n`;
}

/**
 * @param {import('./growth-report.mjs').Growth} growth
 * @param {import('./growth-report.mjs').Axis} axis
 * @param {number} offset
 * @param {string} title
 */
function panel(growth, axis, offset, title) {
  const own = growth.points.filter((point) => point.axis === axis && point.step in STEPS);
  if (own.length === 0) return [];
  const x = scale(
    own.map(({ size }) => size),
    offset + LEFT,
    offset + WIDTH - RIGHT,
  );
  const y = scale(
    own.map(({ seconds }) => seconds),
    HEIGHT - BOTTOM,
    TOP,
  );
  const at = (/** @type {number} */ value) => value.toFixed(1);
  const sizes = [...new Set(own.map(({ size }) => size))];
  const bottom = HEIGHT - BOTTOM;
  return [
    ...y.ticks.map(
      (tick) =>
        `<path class="grid" d="M${offset + LEFT} ${at(y.of(tick))}H${offset + WIDTH - RIGHT}"/><text x="${offset + LEFT - 6}" y="${at(y.of(tick) + 4)}" text-anchor="end">${tick} s</text>`,
    ),
    ...sizes.map(
      (size) =>
        `<text x="${at(x.of(size))}" y="${bottom + 16}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
    ),
    `<text x="${offset + (LEFT + WIDTH - RIGHT) / 2}" y="${bottom + 34}" text-anchor="middle">${title}</text>`,
    ...Object.keys(STEPS).map((step) => {
      const all = medians(growth, axis, step);
      const path = all.map(({ size, seconds }) => `${at(x.of(size))} ${at(y.of(seconds))}`);
      return `<path class="line ${step}" d="M${path.join('L')}"/>`;
    }),
  ];
}

/**
 * A logarithmic scale that begins and ends at the values' own ends, with ticks at powers of ten.
 * @param {number[]} values @param {number} start @param {number} end
 */
function scale(values, start, end) {
  const low = Math.log10(Math.min(...values));
  const high = Math.max(low + 1e-6, Math.log10(Math.max(...values)));
  const powers = Array.from({ length: 12 }, (_, index) => 10 ** (index - 4));
  return {
    of: (/** @type {number} */ value) =>
      start + ((end - start) * (Math.log10(value) - low)) / (high - low),
    ticks: powers.filter((power) => Math.log10(power) >= low && Math.log10(power) <= high),
  };
}
