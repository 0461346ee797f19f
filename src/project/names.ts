import type { Diagnostic, Location } from '../diagnostics/index.js';

/** What a unit's name has to be judged by. */
export interface NamedUnit {
  readonly kind: 'function' | 'layer';
  readonly name: string;
  readonly at: Location;
  /** Path of its zip, where that is not its name's. */
  readonly zip?: { readonly value: string };
}

const maxLength = 128;
/** File names that Windows keeps for devices, with any ending. */
const device = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/** Names that cannot be a file name and the name of a Docker target. */
export function invalidNames(units: readonly NamedUnit[]): readonly Diagnostic[] {
  return units.flatMap(({ kind, name, at }): readonly Diagnostic[] => {
    const reason = reasonAgainst(name);
    if (reason === undefined) return [];
    const shown = JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}...` : name);
    return [
      {
        code: 'invalid-name',
        severity: 'error',
        message: `the ${kind} name ${shown} ${reason}`,
        at,
        hint: `call it ${suggestName(kind, name)}, for example`,
      },
    ];
  });
}

/** Units whose zips would be one file, also on a file system that does not tell A from a. */
export function sameZips(units: readonly NamedUnit[]): readonly Diagnostic[] {
  const first = new Map<string, NamedUnit>();
  return units.flatMap((unit): readonly Diagnostic[] => {
    const key = (unit.zip?.value ?? unit.name).toLowerCase();
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, unit);
      return [];
    }
    const { file, line, column } = other.at;
    const differs = other.name === unit.name ? '' : ', where letter case makes no difference';
    return [
      {
        code: 'same-zip',
        severity: 'error',
        message: `${unit.kind} ${JSON.stringify(unit.name)} would be written to the same zip as ${other.kind} ${JSON.stringify(other.name)}${differs}`,
        at: unit.at,
        hint: `rename one of them; the other is at ${file}:${line}:${column}`,
      },
    ];
  });
}

function reasonAgainst(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name.length > maxLength) return `has ${name.length} characters, more than ${maxLength}`;
  if (!/^[A-Za-z0-9]/.test(name)) return 'does not begin with a letter or a digit';
  if (!/^[A-Za-z0-9._-]+$/.test(name)) return 'has other characters than letters, digits and . _ -';
  if (name.endsWith('.')) return 'ends in a dot';
  return device.test(name) ? 'is the name of a device on Windows' : undefined;
}

function suggestName(kind: string, name: string): string {
  const plain = name
    .slice(0, maxLength)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
    .slice(0, 100);
  if (plain === '') return `${kind}-1`;
  return device.test(plain) ? `${kind}-${plain}` : plain;
}
