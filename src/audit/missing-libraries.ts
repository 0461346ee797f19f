import type { MissingLibrary } from '../artifacts/index.js';
import type { AuditedZip, Subject } from './subject.js';

/** What is missing although the zips beside this one are there too. */
export function missingLibraries(subject: Subject): readonly MissingLibrary[] {
  return stillMissing(subject.digest.findings?.missing ?? [], providedBeside(subject));
}

/** Names of libraries that the loader finds in the zips beside this one, whoever needs them. */
function providedBeside({ layers, surroundings }: Subject): ReadonlySet<string> {
  const librariesOf = (zips: readonly AuditedZip[]) =>
    new Set(zips.flatMap(({ digest }) => digest.contents?.libraries ?? []));
  const [first, ...others] = [
    ...(layers.length > 0 ? [librariesOf(layers)] : []),
    ...surroundings.map(({ zips }) => librariesOf(zips)),
  ];
  // A layer counts on what all functions that name it have.
  return new Set([...(first ?? [])].filter((name) => others.every((other) => other.has(name))));
}

/** What is left of missing libraries, without those that only libraries need which are provided. */
function stillMissing(
  missing: readonly MissingLibrary[],
  provided: ReadonlySet<string>,
): readonly MissingLibrary[] {
  const open = missing.filter(({ library }) => !provided.has(library));
  const left = new Set(open.filter(({ files }) => files.length > 0).map((one) => one.library));
  // A set hands out what is added while it is gone through.
  for (const needer of left) {
    for (const { library, libraries } of open) if (libraries.includes(needer)) left.add(library);
  }
  return open.filter(({ library }) => left.has(library));
}

/** Of a zip's own folders and of layers Lambda has what is there. */
export function isOutside(rpath: string | undefined): rpath is string {
  return rpath !== undefined && !/^\/(var\/task|opt)(\/|$)/.test(rpath);
}
