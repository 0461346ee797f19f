import type { Keys, StarterUnit } from './starter.js';

/** What all units have in common, and what is left of each. */
export interface Shared {
  readonly global: Keys;
  readonly units: readonly StarterUnit[];
}

/** Keys whose global value is that of each unit that says nothing; of others a unit's would come on top. */
const inherited = [
  ...['runtime', 'image', 'architecture', 'pipconf', 'prune', 'bytecode', 'audit'],
  ...['installer', 'verify', 'verifyImage'],
];
/** Lists of which the global ones come first, for functions and layers alike. */
const joined = ['exclude'];
/** The same, for functions only. */
const joinedForFunctions = ['requirements', 'include'];

/** Writes once what holds for all: a line in `global` instead of one in each unit. */
export function sharedKeys(units: readonly StarterUnit[]): Shared {
  const global: Record<string, unknown> = {};
  for (const key of inherited) {
    const values = new Set(units.map(({ keys }) => JSON.stringify(keys[key])));
    const value = units[0]?.keys[key];
    if (values.size === 1 && value !== undefined) global[key] = value;
  }
  if (units.length > 1) {
    for (const key of joined) Object.assign(global, commonStart(key, units));
  }
  const functions = units.filter(({ kind }) => kind === 'function');
  if (functions.length > 1) {
    for (const key of joinedForFunctions) Object.assign(global, commonStart(key, functions));
  }
  return { global, units: units.map((unit) => ({ ...unit, keys: without(unit, global) })) };
}

/** The items with which the lists of all units begin: the order of lists has a meaning. */
function commonStart(key: string, units: readonly StarterUnit[]): Keys {
  const lists = units.map(({ keys }) => listOf(keys[key]).map((item) => JSON.stringify(item)));
  const [first = [], ...others] = lists;
  const end = first.findIndex((item, index) => others.some((list) => list[index] !== item));
  const common = listOf(units[0]?.keys[key]).slice(0, end === -1 ? first.length : end);
  return common.length === 0 ? {} : { [key]: common };
}

function without({ kind, keys }: StarterUnit, global: Keys): Keys {
  const left = Object.entries(keys).flatMap(([key, value]) => {
    const shared = global[key];
    if (shared === undefined || (kind === 'layer' && joinedForFunctions.includes(key))) {
      return [[key, value]];
    }
    if (inherited.includes(key)) return [];
    const rest = listOf(value).slice(listOf(shared).length);
    return rest.length === 0 ? [] : [[key, rest]];
  });
  return Object.fromEntries(left);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
