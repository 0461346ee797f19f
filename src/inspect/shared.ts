import { createHash } from 'node:crypto';
import type { Group, InspectedZip, SharedGroups } from './inspection.js';
import { packageKey } from './packages/index.js';

/** A group in one zip. */
interface Copy {
  readonly unit: InspectedZip;
  readonly group: Group;
}

/**
 * Finds packages and libraries that several functions have, the same file by file, and those that a
 * function has although its layer has them. Those with the same functions are told of together.
 */
export function sharedGroups(units: readonly InspectedZip[]): readonly SharedGroups[] {
  const layers = new Map(units.map((unit) => [unit.name, unit]));
  const sameCopies = new Map<string, Copy[]>();
  const together = new Map<string, { kind: SharedGroups['kind']; copies: Copy[][] }>();
  const tell = (kind: SharedGroups['kind'], copies: Copy[]) => {
    const key = JSON.stringify([kind, copies.map(({ unit }) => unit.path)]);
    const known = together.get(key) ?? { kind, copies: [] };
    together.set(key, known);
    known.copies.push(copies);
  };
  for (const unit of units) {
    for (const group of unit.groups) {
      if (group.kind !== 'package' && group.kind !== 'library') continue;
      const key = fingerprint(group);
      const copies = sameCopies.get(key) ?? [];
      sameCopies.set(key, copies);
      copies.push({ unit, group });
    }
  }
  for (const copies of sameCopies.values()) {
    const inOwnLayer = ({ unit }: Copy) => {
      return copies.find((other) => unit.layers.some((name) => layers.get(name) === other.unit));
    };
    for (const copy of copies) {
      const layer = inOwnLayer(copy);
      if (layer !== undefined) tell('twice', [copy, layer]);
    }
    const apart = copies.filter((copy) => copy.unit.kind !== 'layer' && !inOwnLayer(copy));
    if (apart.length > 1) tell('layer', apart);
  }
  return [...together.values()]
    .map(({ kind, copies }) => sharedBy(kind, copies))
    .sort((one, other) => other.saves.zipped - one.saves.zipped);
}

function sharedBy(kind: SharedGroups['kind'], copies: readonly Copy[][]): SharedGroups {
  const groups = copies.flatMap(([first]) => first?.group ?? []);
  const units = copies[0]?.map(({ unit }) => unit.name) ?? [];
  const total = (size: 'unzipped' | 'zipped', from: number) =>
    copies.reduce(
      (sum, each) => sum + each.slice(from).reduce((bytes, { group }) => bytes + group[size], 0),
      0,
    );
  // Of a function and its layer it is the function's copy that can go: the first.
  const saves = { unzipped: total('unzipped', 1), zipped: total('zipped', 1) };
  const largestFirst = groups.toSorted((one, other) => other.unzipped - one.unzipped);
  return {
    kind,
    units,
    groups: largestFirst,
    requirements: requirementsFor(groups),
    unzipped: groups.reduce((sum, { unzipped }) => sum + unzipped, 0),
    zipped: groups.reduce((sum, { zipped }) => sum + zipped, 0),
    saves,
  };
}

/** Pins of the packages that bring the others. */
function requirementsFor(groups: readonly Group[]): readonly string[] {
  const keys = new Set(groups.map(({ name }) => packageKey(name)));
  const isBrought = ({ why }: Group) =>
    why.length > 0 &&
    why.every(({ path }) => path.slice(0, -1).some((name) => keys.has(packageKey(name))));
  return groups.flatMap((group) => {
    if (group.kind !== 'package' || isBrought(group)) return [];
    return group.version === undefined ? group.name : `${group.name}==${group.version}`;
  });
}

/** The same for groups with the same files in the same places, whichever zip they are in. */
function fingerprint({ kind, name, version, entries }: Group): string {
  const hash = createHash('sha256');
  // A layer has below python/ what a function has at its root.
  const files = entries
    .filter((entry) => entry.kind !== 'folder')
    .map(({ path, size, crc }) => `${path.replace(/^python\//, '')}\0${size}\0${crc}`)
    .sort();
  hash.update(JSON.stringify([kind, name, version, files]));
  return hash.digest('hex');
}
