import { type Context, copied, Problem, type TreeEntry } from '../context/index.js';
import type { CodeRoot } from '../plan/index.js';
import { ignorePatterns, type RequirementInput, withAllBelow } from '../project/index.js';

/** A file or folder of the project that is copied into a zip. */
export type Copy = CodeRoot['copies'][number];

/** Entries of what is copied, by their paths in it. What many units have is listed once. */
export interface ProjectEntries {
  /** What is packed of a copy, which one of the root's copies is. */
  code(copy: Copy, exclude: readonly string[]): Promise<readonly TreeEntry[]>;
  input(input: RequirementInput): Promise<readonly TreeEntry[]>;
  /** Of a path that is one of both, or nothing: then undefined. */
  any(path: string): Promise<FoundEntries | undefined>;
}

export interface FoundEntries {
  readonly kind: 'file' | 'directory';
  readonly entries: readonly TreeEntry[];
}

export function projectEntries(context: Context): ProjectEntries {
  const remember = createMemory<readonly TreeEntry[]>();
  const all = (kind: Copy['kind'], from: string) =>
    remember([kind === 'file', from], () => copied(context, [{ kind, from, to: '' }]));
  return {
    async code({ kind, from, to }, exclude) {
      if (exclude.length === 0 || kind === 'file') return all(kind, from);
      return remember([from, to, exclude], async () => {
        // Patterns are against paths in the root, where a copy has its place.
        const place = to === '' ? '' : `${to}/`;
        const patterns = ignorePatterns(withAllBelow(exclude));
        const entries = await all(kind, from);
        return entries.filter(({ name }) => !patterns.excludes(place + name));
      });
    },
    input: ({ kind, path }) => all(kind, path),
    async any(path) {
      for (const kind of ['directory', 'file'] as const) {
        try {
          return { kind, entries: await all(kind, path) };
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
        }
      }
      return undefined;
    },
  };
}

/** Values by anything that can be written as JSON, each made once. */
function createMemory<T>(): (key: unknown, make: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key, make) => {
    const text = JSON.stringify(key);
    const found = known.get(text) ?? make();
    known.set(text, found);
    return found;
  };
}
