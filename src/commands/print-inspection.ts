import type { Group, InspectedZip, Inspection } from '../api/index.js';
import { visible } from '../diagnostics/index.js';
import { formatCount, formatShare, formatSize } from './figures.js';
import { printAdvice } from './print-advice.js';
import { printReason } from './print-reason.js';
import { bold, printTable, type TableStyle } from './table.js';

/** What Lambda takes of a function and its layers when they are unpacked, in bytes. */
const LIMIT = 262_144_000;

const columns = [
  { title: '', align: 'left' },
  { title: 'files', align: 'right' },
  { title: 'unzipped', align: 'right' },
  { title: 'zipped', align: 'right' },
  { title: 'share', align: 'right' },
  { title: 'why', align: 'left' },
] as const;

/** An inspection for people: a table for each zip, and what could be saved below. */
export function printInspection(inspection: Inspection, style: TableStyle): string {
  const { units } = inspection;
  const tables = units.map((unit) => unitLines(unit, units, style).join('\n'));
  return [...tables, ...printAdvice(inspection)].join('\n\n');
}

function unitLines(
  unit: InspectedZip,
  all: readonly InspectedZip[],
  style: TableStyle,
): readonly string[] {
  const { kind, runtime, architecture, files, unzipped, zipped, groups } = unit;
  const about = [kind === 'zip' ? [] : kind, runtime ?? [], architecture ?? []].flat().join(', ');
  const ofLimit = formatShare(unzipped / LIMIT);
  return [
    [bold(visible(unit.name), style), about && `(${about})`, visible(unit.path)]
      .filter(Boolean)
      .join('  '),
    `${formatSize(unzipped)} unzipped, ${ofLimit} of what Lambda takes; ${formatSize(zipped)} zipped; ${formatCount(files, 'file')}`,
    ...withLayers(unit, all),
    ...printTable(columns, groups.map(groupCells), style),
  ];
}

/** Lambda's limit is one of a function together with its layers. */
function withLayers(unit: InspectedZip, all: readonly InspectedZip[]): readonly string[] {
  const layers = all.filter(({ kind, name }) => kind === 'layer' && unit.layers.includes(name));
  if (layers.length === 0) return [];
  const unzipped = [unit, ...layers].reduce((sum, each) => sum + each.unzipped, 0);
  const names = visible(layers.map(({ name }) => name).join(', '));
  return [
    `with ${names}: ${formatSize(unzipped)} unzipped, ${formatShare(unzipped / LIMIT)} of what Lambda takes`,
  ];
}

function groupCells(group: Group): readonly string[] {
  const { name, version, files, unzipped, zipped, share, inRuntime } = group;
  return [
    visible([name, version ?? [], inRuntime ? '*' : []].flat().join(' ')),
    files.toLocaleString('en-US'),
    formatSize(unzipped),
    formatSize(zipped),
    formatShare(share),
    visible(whyOf(group)),
  ];
}

function whyOf({ kind, why }: Group): string {
  if (kind === 'library') return 'from the image';
  if (kind === 'unlisted') return 'no metadata in the zip tell';
  const [first] = why;
  if (first === undefined) return '';
  const more = why.length > 1 ? ` (and ${why.length - 1} more)` : '';
  return printReason(first) + more;
}
