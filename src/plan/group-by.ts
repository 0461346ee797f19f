/** At least one. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** Items by a key, each group and the groups in the order of the items; without a key an item is in none. */
export function groupBy<K extends string | number, T>(
  items: Iterable<T>,
  keyOf: (item: T) => K | undefined,
): ReadonlyMap<K, NonEmpty<T>> {
  const groups = new Map<K, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
