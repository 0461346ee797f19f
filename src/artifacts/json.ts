/** A parsed JSON value as a mapping; one of another kind is empty. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The items of a parsed JSON list that can be read. */
export function listOf<T>(value: unknown, read: (item: unknown) => T | undefined): readonly T[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map(read).filter((item) => item !== undefined);
}

/** A parsed JSON value if it is text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
