import type { Group, InspectedZip, Inspection } from '../../api/index.js';
import { printReason } from '../print-reason.js';
import { foldersOf, largestFirst, sumOf } from './folders.js';

/** Something with a size in the treemap; page/nodes.js has the same, for the script that reads it. */
export interface PageNode {
  readonly name: string;
  /** Of its tile: a number of the palette, or a kind. */
  readonly color: string;
  /** Bytes when unpacked. */
  readonly size: number;
  readonly zipped: number;
  readonly files: number;
  /** Id of its row in the table. */
  readonly row?: string;
  /** A sentence more about it. */
  readonly about?: string;
  readonly inRuntime?: boolean;
  readonly children?: readonly PageNode[];
}

/** Parts of a zip that are shown by themselves. */
const FINENESS = 3000;
/** Colours of packages; style.css has as many. */
const PALETTE = 8;

/** What the treemap shows: the zip, or all of them below one. */
export function pageNodes({ units }: Inspection): PageNode {
  const colorOf = paletteColors();
  const nodes = units.map((unit, index) => unitNode(unit, index, colorOf));
  const [only] = nodes;
  if (nodes.length === 1 && only !== undefined) return only;
  const children = nodes.toSorted(largestFirst);
  return { name: 'all zips', color: 'unit', ...sumOf(children), children };
}

/** A package has the same colour in every zip. */
function paletteColors(): (group: Group) => string {
  const colors = new Map<string, string>();
  return ({ kind, name }) => {
    if (kind !== 'package') return kind;
    const color = colors.get(name) ?? String(colors.size % PALETTE);
    colors.set(name, color);
    return color;
  };
}

function unitNode(unit: InspectedZip, index: number, colorOf: (group: Group) => string): PageNode {
  const { name, unzipped, zipped, files, groups } = unit;
  const smallest = Math.max(1, unzipped / FINENESS);
  const children = groups.map((group, at): PageNode => {
    const color = colorOf(group);
    return {
      name: nameOf(group),
      color,
      size: group.unzipped,
      zipped: group.zipped,
      files: group.files,
      row: rowId(index, at),
      ...(group.inRuntime && { inRuntime: true }),
      ...(group.why.length > 0 && { about: whyOf(group) }),
      children: foldersOf(group, color, smallest),
    };
  });
  return { name, color: 'unit', size: unzipped, zipped, files, children };
}

/** The row of a group in the table, by the zip's number and its own in it. */
export function rowId(unit: number, group: number): string {
  return `row-${unit}-${group}`;
}

function nameOf({ name, version }: Group): string {
  return version === undefined ? name : `${name} ${version}`;
}

/** A way of one package is known to be its own line; where there is no line, the package stands for it. */
function whyOf({ why }: Group): string {
  const ways = why.map(printReason).filter((way) => way !== '');
  if (ways.length === 0) return '';
  const more = ways.length > 1 ? `, and ${ways.length - 1} more` : '';
  return `There for ${ways[0]}${more}.`;
}
