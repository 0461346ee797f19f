import { median } from './measure.mjs';
import { steps } from './workloads.mjs';

const WORKLOAD = 'fourteen';
const STEPS = ['cold', 'unchanged', 'edited'];
const WIDTH = 760;
const LEFT = 230;
const BAR = 12;

/**
 * Bars of 14 functions, a group for each tool, on a logarithmic scale: from 0.1 s to the longest.
 * @param {import('./results.mjs').Results} results
 */
export function chart({ cells, runs }) {
  const date = runs[WORKLOAD]?.date ?? '';
  const own = cells.filter((cell) => cell.workload === WORKLOAD && cell.seconds.length > 0);
  const tools = [...new Set(own.map(({ tool }) => tool))].filter(
    (tool) => !tool.startsWith('docker') && !tool.startsWith('pkgr '),
  );
  const value = (/** @type {string} */ tool, /** @type {string} */ step) =>
    median(own.find((cell) => cell.tool === tool && cell.step === step)?.seconds ?? []);
  const longest = Math.max(1, ...own.flatMap(({ seconds }) => seconds));
  const scale = (/** @type {number} */ seconds) =>
    ((WIDTH - LEFT - 70) * Math.log10(seconds / 0.1)) / Math.log10(longest / 0.1);
  const group = STEPS.length * (BAR + 2) + 14;
  const height = 64 + tools.length * group;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>Seconds to package 14 functions, by tool (${date})</title>`,
    '<style>text{fill:#1f2328}.cold{fill:#9a6700}.unchanged{fill:#1a7f37}.edited{fill:#0969da}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.cold{fill:#d29922}.unchanged{fill:#3fb950}.edited{fill:#58a6ff}}</style>',
    ...STEPS.map(
      (step, index) =>
        `<rect class="${step}" x="${LEFT + index * 170}" y="12" width="12" height="12"/><text x="${LEFT + 18 + index * 170}" y="22">${steps[step]?.title}</text>`,
    ),
    `<text x="${LEFT}" y="${height - 8}">seconds, on a logarithmic scale</text>`,
  ];
  for (const [row, tool] of tools.entries()) {
    const top = 38 + row * group;
    lines.push(`<text x="${LEFT - 10}" y="${top + 26}" text-anchor="end">${escaped(tool)}</text>`);
    for (const [index, step] of STEPS.entries()) {
      const seconds = value(tool, step);
      if (!Number.isFinite(seconds)) continue;
      const y = top + index * (BAR + 2);
      const width = Math.max(2, scale(seconds)).toFixed(1);
      lines.push(
        `<rect class="${step}" x="${LEFT}" y="${y}" width="${width}" height="${BAR}"/><text x="${LEFT + Number(width) + 6}" y="${y + 10}">${seconds.toFixed(seconds < 10 ? 1 : 0)}</text>`,
      );
    }
  }
  return `${[...lines, '</svg>'].join('\n')}\n`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
