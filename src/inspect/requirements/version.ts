/** A version as markers compare it: the numbers of its release, and whether it comes before that. */
interface Release {
  readonly numbers: readonly number[];
  readonly isBefore: boolean;
  /** `3.*`: any version that begins so. */
  readonly isPrefix: boolean;
}

const version =
  /^v?(\d{1,6}(?:\.\d{1,6}){0,9})(\.\*)?((?:[._-]?(?:a|b|c|rc|alpha|beta|pre|dev)[._-]?\d*)?)/i;

function readVersion(text: string): Release | undefined {
  const [, numbers, star, before] = version.exec(text.trim()) ?? [];
  if (numbers === undefined) return undefined;
  return {
    numbers: numbers.split('.').map(Number),
    isBefore: before !== '',
    isPrefix: star !== undefined,
  };
}

/**
 * Whether a Python of this version is one that a marker's comparison allows (PEP 440, PEP 508).
 * undefined when no version can be read, so that the texts are to be compared.
 */
export function allowsVersion(python: string, operator: string, wanted: string) {
  const is = readVersion(python);
  const than = readVersion(wanted);
  if (is === undefined || than === undefined) return undefined;
  const order = compare(is, than);
  const begins = than.numbers.every((number, index) => number === (is.numbers[index] ?? 0));
  switch (operator) {
    case '==':
    case '===':
      return than.isPrefix ? begins : order === 0;
    case '!=':
      return than.isPrefix ? !begins : order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '~=': {
      const family = than.numbers.slice(0, -1);
      return order >= 0 && family.every((number, index) => number === (is.numbers[index] ?? 0));
    }
    default:
      return undefined;
  }
}

function compare(one: Release, other: Release): number {
  const length = Math.max(one.numbers.length, other.numbers.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (one.numbers[index] ?? 0) - (other.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(other.isBefore) - Number(one.isBefore);
}
