import { createHash } from 'node:crypto';
import type { InspectedZip, Inspection, PageFiles } from '../../api/index.js';
import { formatCount, formatShare, formatSize } from '../figures.js';
import { printSavings } from '../print-advice.js';
import { bar } from './bar.js';
import { embeddedJson, type Html, html, raw } from './html.js';
import { pageNodes } from './nodes.js';
import { filesTable, partsTable } from './tables.js';

/** What Lambda takes: of a function with its layers unpacked, and of a zip that is uploaded directly. */
const limits = { unzipped: 262_144_000, zipped: 50_000_000 } as const;

/**
 * An inspection as one page that needs nothing else: no network, no other file. Names in zips are
 * anybody's, so all text is escaped, and the page's policy allows only its own style and script.
 */
export function printPage(inspection: Inspection, { style, script }: PageFiles): string {
  const { units } = inspection;
  const [first] = units;
  const title = units.length === 1 && first ? first.name : formatCount(units.length, 'zip');
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>What is in ${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<header>
  <div>
    <h1>What is in <span>${title}</span></h1>
    <p class="about">${aboutOf(units)}</p>
  </div>
  <p class="theme"><label for="theme">Theme</label>
    <select id="theme"><option value="auto">Auto</option><option value="light">Light</option><option value="dark">Dark</option></select>
  </p>
</header>
<main>
${summary(units)}
<section id="treemap" aria-labelledby="treemap-title">
  <h2 id="treemap-title">Sizes as areas</h2>
  <p class="help" id="treemap-help">A click or Enter zooms in, Escape zooms out, arrow keys move. The table below tells the same.</p>
  <nav aria-label="Zoom"><ol id="trail"></ol></nav>
  <p id="needs-script">The picture needs JavaScript; the table below tells the same.</p>
  <ul id="tiles" aria-describedby="treemap-help"></ul>
  <p id="details"></p>
  <p role="status" id="treemap-status" class="hidden"></p>
  ${legend(units)}
</section>
${advice(inspection)}
${partsTable(inspection)}
${filesTable(inspection)}
</main>
<footer><p>Written by <code>pkgr inspect --html</code>. MB and kB are powers of 1000.</p></footer>
<script type="application/json" id="data">${embeddedJson(pageNodes(inspection))}</script>
<script type="module">${raw(script)}</script>
</body>
</html>
`;
  return page.html;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function aboutOf(units: readonly InspectedZip[]): string {
  const [first] = units;
  if (units.length !== 1 || first === undefined) {
    return (
      units
        .map(({ name }) => name)
        .slice(0, 20)
        .join(', ') + (units.length > 20 ? ', ...' : '')
    );
  }
  const { kind, runtime, architecture, path } = first;
  return [kind === 'zip' ? [] : kind, runtime ?? [], architecture ?? [], path].flat().join(' · ');
}

/** One zip in large figures; several in a line each. */
function summary(units: readonly InspectedZip[]): Html {
  const cards = units.map((unit) => {
    const { name, kind, unzipped, zipped, files } = unit;
    const heading = units.length === 1 ? html`` : html`<h2>${name} <small>${kind}</small></h2>`;
    return html`<li>${heading}
      <dl>
        <div><dt>Unzipped</dt><dd><b>${formatSize(unzipped)}</b> ${meter('unzipped', unzipped)}</dd></div>
        <div><dt>Zipped</dt><dd><b>${formatSize(zipped)}</b> ${meter('zipped', zipped)}</dd></div>
        <div><dt>Files</dt><dd><b>${files.toLocaleString('en-US')}</b></dd></div>
      </dl></li>`;
  });
  const several = units.length === 1 ? 'one' : 'several';
  return html`<section aria-label="Sizes"><ul class="summary ${several}">${cards}</ul></section>`;
}

/** The bar says what the words below it say. */
function meter(size: keyof typeof limits, bytes: number): Html {
  const limit = limits[size];
  const share = bytes / limit;
  const of = size === 'unzipped' ? 'that Lambda takes with all layers' : 'of a direct upload';
  const state = share > 1 ? 'over' : share > 0.8 ? 'near' : 'fine';
  return html`${bar(share, state)}<small>${formatShare(share)} of ${formatSize(limit)} ${of}</small>`;
}

/** Only kinds that are there. */
function legend(units: readonly InspectedZip[]): Html {
  const groups = units.flatMap((unit) => unit.groups);
  const has = (kind: string) => groups.some((group) => group.kind === kind);
  const entries: readonly (readonly [label: string, ...colors: string[]])[] = [
    ...(has('package') ? [['packages, a colour each', '0', '1', '2'] as const] : []),
    ...(has('first-party') ? [['first-party code', 'first-party'] as const] : []),
    ...(has('library') ? [['libraries from the image', 'library'] as const] : []),
    ...(has('unlisted') ? [['no metadata', 'unlisted'] as const] : []),
    ...(groups.some(({ inRuntime }) => inRuntime)
      ? [['the runtime has it too', '0 in-runtime'] as const]
      : []),
  ];
  const items = entries.map(([label, ...colors]) => {
    const swatches = colors.map((color) => {
      const [name = '', mark = ''] = color.split(' ');
      return html`<span class="swatch ${mark}" data-color="${name}"></span>`;
    });
    return html`<li>${swatches}${label}</li>`;
  });
  return html`<ul class="legend" aria-label="Colours">${items}</ul>`;
}

function advice(inspection: Inspection): Html {
  const paragraphs = printSavings(inspection);
  if (paragraphs.length === 0) return html``;
  const items = paragraphs.map((paragraph) => {
    const [first = '', ...lines] = paragraph.split('\n').map((line) => line.trim());
    return html`<li><p><b>${first.replace(/^\* /, '')}</b></p>${lines.map((line) => html`<p>${line}</p>`)}</li>`;
  });
  return html`<section aria-labelledby="advice-title"><h2 id="advice-title">What could be saved</h2><ul class="advice">${items}</ul></section>`;
}
