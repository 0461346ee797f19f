import type { ZipDifference } from '../api/index.js';
import { visible } from '../diagnostics/index.js';
import { formatCount, formatSize } from './figures.js';
import { bold, type TableStyle } from './table.js';

/** Files of one zip that are listed; the rest is counted. */
const FILES = 30;

/** How zips differ, for people: sizes, packages, then files. */
export function printDifference(zips: readonly ZipDifference[], style: TableStyle): string {
  const changed = zips.filter(({ change }) => change !== 'same');
  const same = zips.length - changed.length;
  const blocks = changed.map((zip) => zipLines(zip, style).map(visibleLine).join('\n'));
  return [...blocks, ...(same > 0 ? [`${formatCount(same, 'zip')} unchanged`] : [])].join('\n\n');
}

/** Escapes hostile names, and leaves the title's own weight. */
function visibleLine(line: string): string {
  return line.startsWith('\u001b[1m') ? line : visible(line);
}

function zipLines(zip: ZipDifference, style: TableStyle): readonly string[] {
  const { name, kind, change, unzipped, zipped, packages, files } = zip;
  const about = change === 'changed' ? kind : `${kind}, ${change}`;
  const title = `${bold(visible(name), style)}  (${about})`;
  const sizes = `  ${sized(zipped)} zipped, ${sized(unzipped)} unzipped`;
  const added = packages?.added.map((each) => `  + ${titleOf(each)}`) ?? [];
  const removed = packages?.removed.map((each) => `  - ${titleOf(each)}`) ?? [];
  const moved =
    packages?.changed.map(({ name: changed, from, to, unzipped: bytes }) => {
      const more = bytes === undefined ? '' : `  ${growth(bytes)} unzipped`;
      return `  ~ ${changed} ${from} -> ${to}${more}`;
    }) ?? [];
  const unknown =
    files === undefined && change === 'changed'
      ? ['  the earlier zip, or this one, is not there: files cannot be compared']
      : [];
  return [title, sizes, ...added, ...removed, ...moved, ...fileLines(files), ...unknown];
}

function fileLines(files: ZipDifference['files']): readonly string[] {
  if (files === undefined) return [];
  const lines = [
    ...files.changed.map(({ path, from, to }) => `    ~ ${path}  ${growth({ from, to })}`),
    ...files.added.map(({ path, size }) => `    + ${path}  ${formatSize(size)}`),
    ...files.removed.map(({ path, size }) => `    - ${path}  ${formatSize(size)}`),
  ];
  if (lines.length === 0) return [];
  const counts = `${files.changed.length} changed, ${files.added.length} added, ${files.removed.length} removed`;
  const rest = lines.length - FILES;
  const shown = rest > 0 ? [...lines.slice(0, FILES), `    and ${rest} more`] : lines;
  return [`  files: ${counts}`, ...shown];
}

function titleOf({
  name,
  version,
  unzipped,
}: {
  name: string;
  version: string;
  unzipped?: number;
}) {
  return `${name} ${version}${unzipped === undefined ? '' : `  ${formatSize(unzipped)}`}`;
}

function sized({ from, to }: ZipDifference['zipped']): string {
  return from === to ? formatSize(to) : `${formatSize(from)} -> ${formatSize(to)}`;
}

function growth({ from, to }: ZipDifference['zipped']): string {
  const bytes = to - from;
  if (bytes === 0) return 'of the same size';
  return `${bytes > 0 ? '+' : '-'}${formatSize(Math.abs(bytes))}`;
}
