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

/** `a`, or `a and 2 more files`. */
export function andMore(names: readonly string[], one: string, many: string): string {
  const more = names.length - 1;
  return more > 0 ? `${names[0]} and ${more} more ${more > 1 ? many : one}` : (names[0] ?? '');
}
