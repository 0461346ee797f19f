/**
 * Something that a zip holds. Its name is a path with `/` between the parts, and none at its ends.
 * A folder is listed only where it is empty; otherwise its files tell of it.
 */
export type TreeEntry =
  | {
      readonly kind: 'file';
      readonly name: string;
      /** Absolute path of the content. */
      readonly source: string;
      /** In bytes. */
      readonly size: number;
      readonly executable: boolean;
    }
  | {
      readonly kind: 'link';
      readonly name: string;
      /** Bytes, because a link may lead to a name in any encoding. */
      readonly target: Buffer;
    }
  | { readonly kind: 'folder'; readonly name: string };

/** The same entries inside a folder; '' leaves them where they are. */
export function below(folder: string, entries: readonly TreeEntry[]): readonly TreeEntry[] {
  if (folder === '') return entries;
  return entries.map((entry) => ({ ...entry, name: `${folder}/${entry.name}` }));
}

/** In the order of their names' UTF-8 bytes, which is not that of JavaScript's strings. */
export function sorted(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const keyed = entries.map((entry) => ({
    entry,
    key: Buffer.from(entry.kind === 'folder' ? `${entry.name}/` : entry.name),
  }));
  return keyed.sort((one, other) => Buffer.compare(one.key, other.key)).map(({ entry }) => entry);
}
