/** Things that are built once for all units that need the same. */
export interface SharedSets<T extends { readonly id: string }> {
  /**
   * The id of the set with this key, made when it is new; the unit is noted as one of its users.
   * @param key whatever makes two sets the same, compared as JSON
   * @param make gets the list of users, which still grows
   */
  use(key: unknown, unit: string, make: (units: readonly string[], count: number) => T): string;
  /** In the order in which they were first used. */
  list(): readonly T[];
}

export function createSharedSets<T extends { readonly id: string }>(): SharedSets<T> {
  const sets = new Map<string, { readonly set: T; readonly units: string[] }>();
  return {
    use(key, unit, make) {
      const text = JSON.stringify(key);
      const found = sets.get(text);
      if (found !== undefined) {
        if (found.units.at(-1) !== unit) found.units.push(unit);
        return found.set.id;
      }
      const units = [unit];
      const set = make(units, sets.size + 1);
      sets.set(text, { set, units });
      return set.id;
    },
    list: () => [...sets.values()].map(({ set }) => set),
  };
}
