import type { ZipEntry } from '../zip/index.js';
import type { InspectedZip } from './inspection.js';
import { packageKey } from './packages/index.js';

/** What is known of a zip that is to be compared; of one that is gone only what a report told of it. */
export interface ComparedZip {
  readonly kind: 'function' | 'layer' | 'zip';
  readonly name: string;
  readonly unzipped: number;
  readonly zipped: number;
  readonly sha256?: string;
  /** Absent where nothing tells. */
  readonly packages?: readonly ComparedPackage[];
  /** Absent when the zip is not there. */
  readonly files?: readonly ZipEntry[];
}

export interface ComparedPackage {
  readonly name: string;
  readonly version: string;
  readonly unzipped?: number;
}

/** A number before and now. */
export interface Change<T> {
  readonly from: T;
  readonly to: T;
}

export interface PackageChanges {
  readonly added: readonly ComparedPackage[];
  readonly removed: readonly ComparedPackage[];
  /** Of another version. */
  readonly changed: readonly (Change<string> & {
    readonly name: string;
    readonly unzipped?: Change<number>;
  })[];
}

/** Paths in the zip; `changed` ones have other bytes, another mode, or are links now. */
export interface FileChanges {
  readonly added: readonly FileSize[];
  readonly removed: readonly FileSize[];
  readonly changed: readonly (Change<number> & { readonly path: string })[];
}

export interface FileSize {
  readonly path: string;
  readonly size: number;
}

/** How one zip differs from an earlier one. */
export interface ZipDifference {
  readonly kind: ComparedZip['kind'];
  readonly name: string;
  readonly change: 'added' | 'removed' | 'changed' | 'same';
  readonly unzipped: Change<number>;
  readonly zipped: Change<number>;
  /** Absent where one of the two does not tell its packages. */
  readonly packages?: PackageChanges;
  /** Absent where one of the two zips is not there. */
  readonly files?: FileChanges;
}

/** What is compared of a zip that was looked into. */
export function comparedZip({ kind, name, unzipped, zipped, groups }: InspectedZip): ComparedZip {
  return {
    kind,
    name,
    unzipped,
    zipped,
    packages: groups
      .filter((group) => group.kind === 'package')
      .map((group) => ({
        name: group.name,
        version: group.version ?? '',
        unzipped: group.unzipped,
      })),
    files: groups.flatMap((group) => group.entries).filter((entry) => entry.kind !== 'folder'),
  };
}

const nothing = { unzipped: 0, zipped: 0 };

/** Compares a zip with an earlier one; one that is absent was, or is, not there. */
export function differenceOf(
  before: ComparedZip | undefined,
  now: ComparedZip | undefined,
): ZipDifference | undefined {
  const one = now ?? before;
  if (one === undefined) return undefined;
  const sizes = (key: 'unzipped' | 'zipped') => ({
    from: (before ?? nothing)[key],
    to: (now ?? nothing)[key],
  });
  const packages = bothOf(before?.packages, now?.packages, packageChanges);
  const files = bothOf(before?.files, now?.files, fileChanges);
  const isSame =
    before?.sha256 !== undefined && now?.sha256 !== undefined
      ? before.sha256 === now.sha256
      : files !== undefined && isEmpty(files) && before?.zipped === now?.zipped;
  const change =
    before === undefined ? 'added' : now === undefined ? 'removed' : isSame ? 'same' : 'changed';
  return {
    kind: one.kind,
    name: one.name,
    change,
    unzipped: sizes('unzipped'),
    zipped: sizes('zipped'),
    ...(packages && { packages }),
    ...(files && { files }),
  };
}

function bothOf<T, R>(
  before: T | undefined,
  now: T | undefined,
  compare: (before: T, now: T) => R,
): R | undefined {
  return before === undefined || now === undefined ? undefined : compare(before, now);
}

function packageChanges(
  before: readonly ComparedPackage[],
  now: readonly ComparedPackage[],
): PackageChanges {
  const old = new Map(before.map((each) => [packageKey(each.name), each]));
  const keys = new Set(now.map(({ name }) => packageKey(name)));
  return {
    added: now.filter(({ name }) => !old.has(packageKey(name))),
    removed: before.filter(({ name }) => !keys.has(packageKey(name))),
    changed: now.flatMap(({ name, version, unzipped }) => {
      const earlier = old.get(packageKey(name));
      if (earlier === undefined || earlier.version === version) return [];
      const isMeasured = earlier.unzipped !== undefined && unzipped !== undefined;
      const sizes = isMeasured ? { unzipped: { from: earlier.unzipped, to: unzipped } } : {};
      return [{ name, from: earlier.version, to: version, ...sizes }];
    }),
  };
}

function fileChanges(before: readonly ZipEntry[], now: readonly ZipEntry[]): FileChanges {
  const old = new Map(before.map((entry) => [entry.path, entry]));
  const paths = new Set(now.map(({ path }) => path));
  const sized = ({ path, size }: ZipEntry) => ({ path, size });
  const changed = now.flatMap((entry) => {
    const earlier = old.get(entry.path);
    if (earlier === undefined || isAlike(earlier, entry)) return [];
    return [{ path: entry.path, from: earlier.size, to: entry.size }];
  });
  return {
    added: now
      .filter(({ path }) => !old.has(path))
      .map(sized)
      .sort(byPath),
    removed: before
      .filter(({ path }) => !paths.has(path))
      .map(sized)
      .sort(byPath),
    changed: changed.sort(byPath),
  };
}

/** Size and CRC stand for the bytes: nothing is inflated to compare. */
function isAlike(one: ZipEntry, other: ZipEntry): boolean {
  return (
    one.kind === other.kind &&
    one.size === other.size &&
    one.crc === other.crc &&
    one.mode === other.mode
  );
}

function isEmpty({ added, removed, changed }: FileChanges): boolean {
  return added.length + removed.length + changed.length === 0;
}

function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : 1;
}
