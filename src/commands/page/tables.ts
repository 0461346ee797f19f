import type { Group, InspectedZip, Inspection } from '../../api/index.js';
import { formatShare, formatSize } from '../figures.js';
import { printReason } from '../print-reason.js';
import { bar } from './bar.js';
import { type Html, html } from './html.js';
import { rowId } from './nodes.js';
import { type Cell, number, searchableTable, text } from './searchable-table.js';

/** Ways to a package that are shown; the rest is counted. */
const WAYS = 5;
/** Files of all zips that are listed. */
const FILES = 100;

const kinds: Readonly<Record<Group['kind'], string>> = {
  package: 'package',
  'first-party': 'first-party',
  library: 'library',
  unlisted: 'unlisted',
};

/** Every group of every zip. */
export function partsTable({ units }: Inspection): Html {
  const isOne = units.length === 1;
  const largest = Math.max(
    1,
    ...units.flatMap(({ groups }) => groups.map((each) => each.unzipped)),
  );
  return searchableTable({
    id: 'parts',
    title: 'Packages and code',
    search: 'Search names, versions, zips and reasons',
    noun: ['part', 'parts'],
    marks: true,
    columns: [
      { title: 'Name', kind: 'text', sort: 'none' },
      { title: 'Version', kind: 'text', sort: 'none' },
      ...(isOne ? [] : [{ title: 'In', kind: 'text', sort: 'none' } as const]),
      { title: 'Kind', kind: 'text', sort: 'none' },
      { title: 'Files', kind: 'number', sort: 'none' },
      { title: 'Unzipped', kind: 'number', sort: 'descending' },
      { title: 'Zipped', kind: 'number', sort: 'none' },
      { title: 'Share', kind: 'number', sort: 'none' },
      { title: 'Why', kind: 'text', sort: 'none' },
    ],
    rows: units
      .flatMap((unit, index) =>
        unit.groups.map((group, at) => ({ unit, group, id: rowId(index, at) })),
      )
      .sort((one, other) => other.group.unzipped - one.group.unzipped)
      .map(({ unit, group, id }) => ({
        id,
        cells: partCells(unit, group, id, isOne, largest),
      })),
  });
}

function partCells(
  unit: InspectedZip,
  group: Group,
  row: string,
  isOne: boolean,
  largest: number,
): readonly Cell[] {
  const { name, version = '', kind, files, unzipped, zipped, share, inRuntime } = group;
  const badge = inRuntime ? html` <span class="badge">in the runtime</span>` : html``;
  const button = html`<button type="button" class="link" data-show="${row}" aria-label="${name}: show in the treemap">${name}</button>`;
  return [
    text(html`${button}${badge}`, name),
    text(version),
    ...(isOne ? [] : [text(unit.name)]),
    text(kinds[kind]),
    number(files, files.toLocaleString('en-US')),
    number(unzipped, html`${formatSize(unzipped)}${bar(unzipped / largest)}`),
    number(zipped, formatSize(zipped)),
    number(share, formatShare(share)),
    text(whyCell(group)),
  ];
}

function whyCell({ kind, why }: Group): Html {
  if (kind === 'library') return html`from the image`;
  if (kind === 'unlisted') return html`no metadata in the zip tell`;
  const ways = why.map(printReason).filter((way) => way !== '');
  const more = ways.length > WAYS ? html`<span>and ${ways.length - WAYS} more</span>` : html``;
  return html`${ways.slice(0, WAYS).map((way) => html`<span class="way">${way}</span>`)}${more}`;
}

/** The largest files, whoever they belong to. */
export function filesTable({ units }: Inspection): Html {
  const all = units.flatMap((unit) =>
    unit.groups.flatMap((group) =>
      group.entries
        .filter(({ kind }) => kind !== 'folder')
        .map((entry) => ({ unit, group, entry })),
    ),
  );
  const largest = all.toSorted((one, other) => other.entry.size - one.entry.size).slice(0, FILES);
  const isOne = units.length === 1;
  const isCut = all.length > largest.length;
  return searchableTable({
    id: 'files',
    title: isCut ? `The ${FILES} largest files` : 'Files',
    search: 'Search paths',
    noun: ['file', 'files'],
    marks: false,
    columns: [
      { title: 'Path', kind: 'text', sort: 'none' },
      ...(isOne ? [] : [{ title: 'In', kind: 'text', sort: 'none' } as const]),
      { title: 'Of', kind: 'text', sort: 'none' },
      { title: 'Unzipped', kind: 'number', sort: 'descending' },
      { title: 'Zipped', kind: 'number', sort: 'none' },
    ],
    rows: largest.map(({ unit, group, entry }, index) => ({
      id: `file-${index}`,
      cells: [
        text(html`<span class="path">${entry.path}</span>`),
        ...(isOne ? [] : [text(unit.name)]),
        text(group.name),
        number(entry.size, formatSize(entry.size)),
        number(entry.zipped, formatSize(entry.zipped)),
      ],
    })),
  });
}
