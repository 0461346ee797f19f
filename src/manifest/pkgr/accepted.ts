import type { DocumentPath, Located, SourceDocument } from '../source.js';

/** Reads values of a document, passing over those that the schema refused. */
export interface Accepted {
  /** The value itself was refused; something inside it does not count. */
  isRefused(path: DocumentPath): boolean;
  text(path: DocumentPath, value: unknown): Located<string> | undefined;
  /** The value if it is one of the choices. */
  choice<T extends string>(
    path: DocumentPath,
    value: unknown,
    choices: readonly T[],
  ): Located<T> | undefined;
  /** The items of a list, or the value alone as a list of one; none when there is no value. */
  list<T>(
    path: DocumentPath,
    value: unknown,
    read: (path: DocumentPath, item: unknown) => T | undefined,
  ): readonly T[];
}

export function acceptedValues(
  document: Pick<SourceDocument, 'locate'>,
  refusedPaths: readonly DocumentPath[],
): Accepted {
  const refused = new Set(refusedPaths.map((path) => JSON.stringify(path)));
  const isRefused = (path: DocumentPath) => refused.size > 0 && refused.has(JSON.stringify(path));
  return {
    isRefused,
    text(path, value) {
      if (typeof value !== 'string' || isRefused(path)) return undefined;
      return { value, at: document.locate(path) };
    },
    choice(path, value, choices) {
      const chosen = choices.find((candidate) => candidate === value);
      return chosen === undefined ? undefined : { value: chosen, at: document.locate(path) };
    },
    list(path, value, read) {
      if (value === undefined) return [];
      const items = Array.isArray(value)
        ? value.map((item, index) => read([...path, index], item))
        : [read(path, value)];
      return items.filter((item) => item !== undefined);
    },
  };
}

/** A mapping of the document. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of a document; undefined when there is none. */
export function valueAt(root: unknown, path: DocumentPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
      return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}
