import type { ZipEntry } from '../zip/index.js';
import type { Group, Sizes } from './inspection.js';
import type { KnownUnit } from './known-unit.js';
import { sourceOf, type ZipContents } from './packages/index.js';
import type { Reasons } from './requirements/index.js';
import { inRuntime } from './runtime-has.js';

/** Folders of a layer that are on sys.path; what is below them is called as without them. */
const sitePackages = /^python\/(lib\/python3\.\d+\/site-packages\/)?/;

/** Parts a zip's entries among those who are answerable for them, the largest first. */
export function groupsOf(
  { packages, rest }: ZipContents,
  { project }: KnownUnit,
  reasons: Reasons,
): readonly Group[] {
  // Bytecode that was made of the user's code is the user's too.
  const isOwn = (path: string) =>
    project !== undefined && [path, sourceOf(path) ?? path].some(project.isOwn);
  // A file of the user's own that was laid over a package's is not the package's.
  const over = packages.flatMap(({ replaced }) => replaced.filter(({ path }) => isOwn(path)));
  const isOver = new Set(over);
  const installed = packages.map((each): Unmeasured => {
    const entries = each.entries.filter((entry) => !isOver.has(entry));
    const { name, version } = each;
    const why = reasons.get(each) ?? [];
    const known = inRuntime(each.key) ? { inRuntime: true as const } : {};
    return { kind: 'package', name, ...(version && { version }), why, entries, ...known };
  });
  const others = new Map<string, Unmeasured & { entries: ZipEntry[] }>();
  const add = (kind: Group['kind'], name: string, entry: ZipEntry) => {
    const key = `${kind} ${name}`;
    const group = others.get(key) ?? { kind, name, why: [], entries: [] };
    others.set(key, group);
    group.entries.push(entry);
  };
  for (const entry of over) add('first-party', 'first-party code', entry);
  for (const entry of rest) {
    const library = libraryOf(entry, project !== undefined);
    if (project && isOwn(entry.path)) add('first-party', 'first-party code', entry);
    else if (library !== undefined) add('library', library, entry);
    else if (project && entry.kind !== 'folder') add('unlisted', topOf(entry.path), entry);
    else add('first-party', project ? 'first-party code' : 'code of no package', entry);
  }
  return measured([...installed, ...others.values()]);
}

type Unmeasured = Omit<Group, keyof Sizes | 'share'>;

function measured(groups: readonly Unmeasured[]): readonly Group[] {
  const sized = groups.map((group) => ({ ...group, ...sizesOf(group.entries) }));
  const total = sized.reduce((sum, { unzipped }) => sum + unzipped, 0);
  return sized
    .map((group) => ({ ...group, share: total === 0 ? 0 : group.unzipped / total }))
    .sort((one, other) => other.unzipped - one.unzipped || (one.name < other.name ? -1 : 1));
}

/** Entries for folders are bytes of the zip and no files. */
export function sizesOf(entries: readonly ZipEntry[]): Sizes {
  let files = 0;
  let unzipped = 0;
  let zipped = 0;
  for (const entry of entries) {
    if (entry.kind !== 'folder') files += 1;
    unzipped += entry.size;
    zipped += entry.zipped;
  }
  return { files, unzipped, zipped };
}

/**
 * The library that a file is one of the names of: pkgr carries libraries at the root or in lib/, and
 * programs in bin/. What else may lie in bin/ only a project tells.
 */
function libraryOf({ kind, path }: ZipEntry, isProjectKnown: boolean): string | undefined {
  if (kind === 'folder') return undefined;
  const library = /^(?:lib\/)?([^/]+\.so)(\.[^/]*)?$/.exec(path)?.[1];
  if (library !== undefined && /^lib/.test(library)) return library;
  return isProjectKnown && path.startsWith('bin/') ? path : undefined;
}

function topOf(path: string): string {
  return path.replace(sitePackages, '').split('/')[0] ?? path;
}
