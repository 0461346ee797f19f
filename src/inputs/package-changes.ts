import type { CarriedFile, Change, ResolvedPackage } from '../artifacts/index.js';
import { changed } from './changed.js';

/** What has changed of the versions, or the archives, that pip installed. */
export function packageChanges(
  before: readonly ResolvedPackage[] | undefined,
  now: readonly ResolvedPackage[] | undefined,
): readonly Change[] {
  const earlier = new Map((before ?? []).map((each) => [keyOf(each), each]));
  const later = new Map((now ?? []).map((each) => [keyOf(each), each]));
  return [...new Set([...earlier.keys(), ...later.keys()])].sort().flatMap((key) => {
    const [one, other] = [earlier.get(key), later.get(key)];
    const name = (other ?? one)?.name ?? key;
    const [from, to] = [one, other].map((each) => each && told(each, one, other));
    return from === to ? [] : [changed({ kind: 'package', name }, from, to)];
  });
}

/** The version; where it is the same, what the two differ in besides. */
function told(
  own: ResolvedPackage,
  one: ResolvedPackage | undefined,
  other: ResolvedPackage | undefined,
): string {
  if (one?.version !== other?.version) return own.version;
  if (one?.commit !== other?.commit) return `${own.version} (${own.commit ?? 'no commit'})`;
  // The same archive may have been known without its hash.
  if (one?.sha256 === undefined || other?.sha256 === undefined) return own.version;
  return one.sha256 === other.sha256
    ? own.version
    : `${own.version} (${own.archive ?? ''} sha256:${own.sha256})`;
}

/** The name as an index has it. */
function keyOf({ name }: ResolvedPackage): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** What has changed of the OS packages of which files are carried. */
export function libraryChanges(
  before: readonly CarriedFile[] | undefined,
  now: readonly CarriedFile[] | undefined,
): readonly Change[] {
  const [earlier, later] = [before ?? [], now ?? []].map(versions);
  const names = [...new Set([...(earlier?.keys() ?? []), ...(later?.keys() ?? [])])].sort();
  return names.flatMap((name) => {
    const [from, to] = [earlier?.get(name), later?.get(name)];
    return from === to ? [] : [changed({ kind: 'library', name }, from, to)];
  });
}

function versions(files: readonly CarriedFile[]): ReadonlyMap<string, string> {
  return new Map(files.map((file) => [file.package ?? file.path ?? file.name, file.version ?? '']));
}
