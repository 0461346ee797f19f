import type { OpenZip, ZipEntry } from '../../zip/index.js';
import { fileOwners } from './file-owners.js';
import {
  type DescribedPackage,
  describePackage,
  type MetadataFolder,
  metadataReader,
} from './metadata-folder.js';
import type { InstalledPackage } from './package.js';

/** What a zip holds: its packages by their paths, and what no package says is its own. */
export interface ZipContents {
  readonly packages: readonly InstalledPackage[];
  readonly rest: readonly ZipEntry[];
}

/**
 * Tells by the metadata that installers leave (`*.dist-info`, or the older `*.egg-info`) which
 * packages a zip holds and which files are whose. Of two packages that list one file, the first by
 * path has it. Metadata that another package lists as its files (setuptools brings some packages
 * along) are a part of that one.
 * @throws PkgrError when metadata are not what the zip says of them, or beyond all measure
 */
export function readPackages(zip: OpenZip): ZipContents {
  const read = metadataReader(zip);
  const owners = fileOwners<DescribedPackage>();
  const entriesOf = new Map<DescribedPackage, ZipEntry[]>();
  for (const folder of metadataFolders(zip.entries)) {
    const isPartOfAnother = [...folder.files.values()].some(({ path }) => owners.of(path));
    if (isPartOfAnother) continue;
    const found = describePackage(folder, read);
    owners.add(found, [{ path: `${folder.path}/` }, ...found.recorded]);
    entriesOf.set(found, []);
  }
  const rest: ZipEntry[] = [];
  const ownerOf = ownersWithFolders(zip.entries, (path) => owners.of(path));
  for (const entry of zip.entries) {
    const owner = ownerOf(entry);
    const entries = owner === undefined ? rest : entriesOf.get(owner);
    entries?.push(entry);
  }
  const packages = [...entriesOf].map(([{ recorded, ...found }, entries]) => ({
    ...found,
    entries,
    replaced: entries.filter((entry) => owners.isReplaced(entry)),
  }));
  return { packages, rest };
}

/** Folders of metadata, those that lie deeper behind the others. */
function metadataFolders(entries: readonly ZipEntry[]): readonly MetadataFolder[] {
  const folders = new Map<string, Map<string, ZipEntry>>();
  for (const entry of entries) {
    const match = /^((?:[^/]+\/)*?[^/]+\.(?:dist|egg)-info)\/(.+)$/.exec(entry.path);
    const [, folder, file] = match ?? [];
    if (entry.kind !== 'file' || folder === undefined || file === undefined) continue;
    const files = folders.get(folder) ?? new Map<string, ZipEntry>();
    folders.set(folder, files.set(file, entry));
  }
  const depth = (path: string) => path.split('/').length;
  return [...folders]
    .map(([path, files]) => ({ path, files }))
    .sort((one, other) => {
      const difference = depth(one.path) - depth(other.path);
      return difference !== 0 ? difference : one.path < other.path ? -1 : 1;
    });
}

/** Entries for folders tell nothing of whose they are: they go with the first file below. */
function ownersWithFolders<T>(
  entries: readonly ZipEntry[],
  ownerOfFile: (path: string) => T | undefined,
): (entry: ZipEntry) => T | undefined {
  const folders = new Map<string, T | undefined>();
  if (entries.some(({ kind }) => kind === 'folder')) {
    for (const { kind, path } of entries) {
      if (kind === 'folder') continue;
      const owner = ownerOfFile(path);
      for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const folder = path.slice(0, end);
        if (folders.has(folder)) break;
        folders.set(folder, owner);
      }
    }
  }
  return ({ kind, path }) => (kind === 'folder' ? folders.get(path) : ownerOfFile(path));
}
