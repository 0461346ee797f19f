import { medians } from './growth-report.mjs';

const STEPS = {
  cold: 'cold',
  edited: 'one file edited',
  unchanged: 'nothing changed',
  bare: 'docker alone',
};
const AXES = { functions: 'functions', files: 'files that no function wants' };
/** What is shown, a row of panels each: of the command, of its process, of what goes to the engine. */
const QUANTITIES = {
  seconds: { title: 'wall time', unit: 's', divisor: 1 },
  memory: { title: 'memory of pkgr', unit: 'MB', divisor: 1e6 },
  sent: { title: 'sent to the engine', unit: 'kB', divisor: 1e3 },
};
const WIDTH = 380;
const HEIGHT = 240;
const [LEFT, TOP, RIGHT, BOTTOM] = [62, 30, 14, 44];
const LEGEND = 24;

/**
 * Time, memory and bytes by size, a column for functions and one for files, all scales logarithmic.
 * @param {import('./growth-report.mjs').Growth} growth
 */
export function growthChart(growth) {
  const style = [
    'text{fill:#1f2328}.grid{stroke:#d1d9e0}.line{fill:none;stroke-width:2}',
    '.cold{stroke:#9a6700}.edited{stroke:#0969da}.unchanged{stroke:#1a7f37}.bare{stroke:#6e7781;stroke-dasharray:4 3}',
    '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#3d444d}',
    '.cold{stroke:#d29922}.edited{stroke:#58a6ff}.unchanged{stroke:#3fb950}.bare{stroke:#9198a1}}',
  ];
  const rows = /** @type {Quantity[]} */ (Object.keys(QUANTITIES));
  const columns = /** @type {import('./growth-report.mjs').Axis[]} */ (Object.keys(AXES));
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${columns.length * WIDTH} ${LEGEND + rows.length * HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="11">`,
    `<title>What pkgr build takes by the number of functions, and of files that no function wants (${growth.date})</title>`,
    `<style>${style.join('')}</style>`,
    ...Object.entries(STEPS).map(
      ([step, title], index) =>
        `<path class="line ${step}" d="M${LEFT + index * 150} 14h22"/><text x="${LEFT + 28 + index * 150}" y="18">${title}</text>`,
    ),
    ...rows.flatMap((quantity, row) =>
      columns.flatMap((axis, column) => [
        `<g transform="translate(${column * WIDTH} ${LEGEND + row * HEIGHT})">`,
        ...panel(growth, axis, quantity),
        '</g>',
      ]),
    ),
    '</svg>',
  ].join('\n')}\n`;
}

/**
 * @typedef {keyof typeof QUANTITIES} Quantity
 * @param {import('./growth-report.mjs').Growth} growth
 * @param {import('./growth-report.mjs').Axis} axis
 * @param {Quantity} quantity
 */
function panel(growth, axis, quantity) {
  const { title, unit, divisor } = QUANTITIES[quantity];
  const lines = Object.keys(STEPS).map((step) => ({
    step,
    // Nothing has no place on the scale: docker alone has neither memory of pkgr's nor contexts.
    points: medians(growth, axis, step)
      .map((each) => ({ size: each.size, value: each[quantity] / divisor }))
      .filter(({ value }) => value > 0),
  }));
  const own = lines
    .filter(({ step }) => quantity === 'seconds' || step !== 'bare')
    .filter(({ points }) => points.length > 0);
  const all = own.flatMap(({ points }) => points);
  if (all.length === 0) return [];
  const x = scale(
    all.map(({ size }) => size),
    LEFT,
    WIDTH - RIGHT,
  );
  const bottom = HEIGHT - BOTTOM;
  const y = scale(
    all.map(({ value }) => value),
    bottom,
    TOP,
  );
  const at = (/** @type {number} */ value) => value.toFixed(1);
  const sizes = [...new Set(all.map(({ size }) => size))];
  return [
    ...y.ticks.map(
      (tick) =>
        `<path class="grid" d="M${LEFT} ${at(y.of(tick))}H${WIDTH - RIGHT}"/><text x="${LEFT - 6}" y="${at(y.of(tick) + 4)}" text-anchor="end">${tick} ${unit}</text>`,
    ),
    ...sizes.map(
      (size) =>
        `<text x="${at(x.of(size))}" y="${bottom + 16}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
    ),
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${bottom + 34}" text-anchor="middle">${title}, by ${AXES[axis]}</text>`,
    ...own.map(({ step, points }) => {
      const path = points.map(({ size, value }) => `${at(x.of(size))} ${at(y.of(value))}`);
      return `<path class="line ${step}" d="M${path.join('L')}"/>`;
    }),
  ];
}

/** 1, 2 and 5 times the powers of ten. */
const ROUND = Array.from({ length: 12 }, (_, index) => index - 3).flatMap((power) =>
  [1, 2, 5].map((digit) => Number(`${digit}e${power}`)),
);

/**
 * A logarithmic scale over all values that begins and ends at round numbers, which are its ticks.
 * @param {number[]} values @param {number} start @param {number} end
 */
function scale(values, start, end) {
  const below = ROUND.findLast((tick) => tick <= Math.min(...values)) ?? 1;
  const above = ROUND.find((tick) => tick >= Math.max(...values) && tick > below) ?? 1;
  const [low, high] = [Math.log10(below), Math.log10(above)];
  return {
    of: (/** @type {number} */ value) =>
      start + ((end - start) * (Math.log10(value) - low)) / (high - low),
    ticks: ROUND.filter((tick) => tick >= below && tick <= above),
  };
}
