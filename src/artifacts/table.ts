import { createHash } from 'node:crypto';

/** Hexadecimal digits of a key: enough that no two values of a report have the same. */
const KEY_LENGTH = 16;

/** Values that are written once, each under a key. */
export interface Table<T> {
  add(key: string, value: T): string;
  /** Puts it under a key that is made of what it holds, and gives the key. */
  keyOf(value: T): string;
  /** Under the name of a field; nothing when the table is empty. */
  as(field: string): Readonly<Record<string, Readonly<Record<string, T>>>>;
}

export function createTable<T extends object>(): Table<T> {
  const keys = new Map<T, string>();
  const values = new Map<string, T>();
  const add = (key: string, value: T) => {
    values.set(key, value);
    return key;
  };
  return {
    add,
    keyOf(value) {
      // Units that share a value share the object, which is then hashed once.
      const known = keys.get(value);
      if (known !== undefined) return known;
      const hash = createHash('sha256').update(JSON.stringify(value, sortedFields)).digest('hex');
      const key = hash.slice(0, KEY_LENGTH);
      keys.set(value, key);
      return add(key, value);
    },
    as(field) {
      const sorted = [...values].sort(([one], [other]) => (one < other ? -1 : 1));
      return sorted.length === 0 ? {} : { [field]: Object.fromEntries(sorted) };
    },
  };
}

/** An object's fields in one order, however they came. */
function sortedFields(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The value of a key that comes from a file. */
export function lookUp<T>(
  record: Readonly<Record<string, T>> | undefined,
  key: string | undefined,
) {
  return record !== undefined && key !== undefined && Object.hasOwn(record, key)
    ? record[key]
    : undefined;
}
