/** Lines shown below one finding; the rest is counted. */
const SHOWN = 20;

/** The first lines, and how many there are more. */
export function cut(lines: readonly string[]): readonly string[] {
  if (lines.length <= SHOWN) return lines;
  return [...lines.slice(0, SHOWN), `and ${lines.length - SHOWN} more`];
}

/** A number with a comma between thousands, as AWS writes its limits. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A sentence of one unit and of several: `says('needs', 'need', 'libpq.so.5')`. */
export function says(one: string, many: string, text: string) {
  return { one: `${one} ${text}`, many: `${many} ${text}` };
}
