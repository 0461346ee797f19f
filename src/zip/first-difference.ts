import type { ZipEntry } from './entry.js';
import { zipLimits } from './limits.js';
import type { OpenZip } from './open.js';

/**
 * The first thing in which two zips differ, in the order of their entries. What is made of other files
 * of a zip, and so differs because they do, counts only where nothing else does.
 */
export type FirstDifference =
  /** Only one of them has an entry of this path. */
  | { readonly kind: 'missing'; readonly path: string; readonly missingIn: 'first' | 'second' }
  /** Both have these two, and at the same place the second zip has the other one. */
  | { readonly kind: 'order'; readonly path: string; readonly instead: string }
  | {
      readonly kind: 'type' | 'mode' | 'time';
      readonly path: string;
      readonly first: string;
      readonly second: string;
    }
  /** What is in a file, or where a link points to. */
  | {
      readonly kind: 'content';
      readonly path: string;
      /** The first byte that differs, counted from 0; the size of the shorter one where it ends. */
      readonly byte: number;
      /** Bytes in the first and in the second zip. */
      readonly sizes: readonly [first: number, second: number];
    };

export interface ZipsDiffer {
  readonly first: FirstDifference;
  /** Paths of the other entries that differ or are in one zip only, in the order of the first zip. */
  readonly others: readonly string[];
}

/**
 * Compares two sound zips entry by entry.
 * @returns undefined when they would be unpacked to the same, however they are compressed
 * @throws PkgrError when the data of an entry are not what its zip says of them
 */
export function firstDifference(first: OpenZip, second: OpenZip): ZipsDiffer | undefined {
  const here = byPath(first);
  const there = byPath(second);
  const length = Math.max(first.entries.length, second.entries.length);
  let derived: FirstDifference | undefined;
  let cause: FirstDifference | undefined;
  for (let index = 0; index < length && cause === undefined; index += 1) {
    const one = first.entries[index];
    const other = second.entries[index];
    const found =
      one?.path === other?.path && one !== undefined && other !== undefined
        ? entriesDiffer(one, other, first, second)
        : namesDiffer(one?.path, other?.path, here, there);
    if (found?.kind === 'content' && isDerived(found.path)) derived ??= found;
    else cause = found;
  }
  const found = cause ?? derived;
  if (found === undefined) return undefined;
  const others = [
    ...first.entries.filter((entry) => isOther(entry, there.get(entry.path))),
    ...second.entries.filter(({ path }) => !here.has(path)),
  ];
  const paths = others.map(({ path }) => path).filter((path) => path !== found.path);
  return { first: found, others: paths };
}

/** Bytecode, and the hashes of all files of a package (PyPA, "Recording installed projects"). */
function isDerived(path: string): boolean {
  return path.endsWith('.pyc') || path.endsWith('.dist-info/RECORD');
}

function byPath({ entries }: OpenZip): ReadonlyMap<string, ZipEntry> {
  return new Map(entries.map((entry) => [entry.path, entry]));
}

/** @param one undefined where the first zip has no more entries; the same of `other` */
function namesDiffer(
  one: string | undefined,
  other: string | undefined,
  here: ReadonlyMap<string, ZipEntry>,
  there: ReadonlyMap<string, ZipEntry>,
): FirstDifference | undefined {
  if (one !== undefined && !there.has(one)) {
    return { kind: 'missing', path: one, missingIn: 'second' };
  }
  if (other !== undefined && !here.has(other)) {
    return { kind: 'missing', path: other, missingIn: 'first' };
  }
  // Each has what the other has, and no name twice: at this place both have one.
  if (one === undefined || other === undefined) return undefined;
  return { kind: 'order', path: one, instead: other };
}

function entriesDiffer(
  one: ZipEntry,
  other: ZipEntry,
  first: OpenZip,
  second: OpenZip,
): FirstDifference | undefined {
  const { path } = one;
  if (one.kind !== other.kind) return { kind: 'type', path, first: one.kind, second: other.kind };
  if (one.size !== other.size || one.crc !== other.crc) {
    const byte = firstByte(
      first.read(one, zipLimits.unzipped),
      second.read(other, zipLimits.unzipped),
    );
    return { kind: 'content', path, byte, sizes: [one.size, other.size] };
  }
  if (one.mode !== other.mode) {
    return { kind: 'mode', path, first: octal(one.mode), second: octal(other.mode) };
  }
  if (one.time !== other.time) {
    return { kind: 'time', path, first: timeOf(one), second: timeOf(other) };
  }
  return undefined;
}

/** Whether an entry is another one in the other zip, without looking at its place there. */
function isOther(one: ZipEntry, other: ZipEntry | undefined): boolean {
  const fields = ['kind', 'size', 'crc', 'mode', 'time'] as const;
  return other === undefined || fields.some((field) => one[field] !== other[field]);
}

/** The first byte that differs, counted from 0; the size of the shorter one where it ends. */
export function firstByte(one: Buffer, other: Buffer): number {
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one[at] === other[at]) at += 1;
  return at;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** `1980-01-01 00:00:00`; the fields are those of APPNOTE.TXT 4.4.6. */
function timeOf({ time }: ZipEntry): string {
  const day = [(time >>> 25) + 1980, (time >>> 21) & 15, (time >>> 16) & 31];
  const clock = [(time >>> 11) & 31, (time >>> 5) & 63, (time & 31) * 2];
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.map(two).join('-')} ${clock.map(two).join(':')}`;
}
