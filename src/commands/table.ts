/** A column: its title, and at which end its cells are put. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** How tables are shown: in a terminal's lines, or whole. */
export interface TableStyle {
  readonly columns?: number | undefined;
  readonly colors: boolean;
}

const GAP = '  ';
/** A last column with less room than this many characters is left as it is. */
const NARROWEST = 16;

/**
 * Cells below each other, every column as wide as its widest cell. In a terminal the last column is
 * cut so that it ends with the line; elsewhere nothing is.
 */
export function printTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  style: TableStyle,
): readonly string[] {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => row[index]?.length ?? 0)));
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
  const room = style.columns === undefined ? undefined : style.columns - before;
  return all.map((row, index) => {
    const cells = columns.map(({ align }, at) => {
      const cell = row[at] ?? '';
      if (at === columns.length - 1) return cut(cell, room);
      return align === 'left' ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
    });
    const line = cells.join(GAP).trimEnd();
    return index === 0 ? dim(line, style) : line;
  });
}

/** In the middle: both where something starts and what it leads to are worth seeing. */
function cut(text: string, room: number | undefined): string {
  if (room === undefined || text.length <= room || room < NARROWEST) return text;
  const end = Math.floor((room - 3) / 2);
  return `${text.slice(0, room - 3 - end)}...${text.slice(text.length - end)}`;
}

export function bold(text: string, { colors }: TableStyle): string {
  return colors ? `\u001b[1m${text}\u001b[22m` : text;
}

export function dim(text: string, { colors }: TableStyle): string {
  return colors ? `\u001b[2m${text}\u001b[22m` : text;
}
