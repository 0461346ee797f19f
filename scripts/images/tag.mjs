import { createHash } from 'node:crypto';

/**
 * The local name of an image, from everything it is made of: the same content is found again,
 * any other content has another name. A registry is never asked for it: `.local` has none.
 * @param {string} name
 * @param {readonly (readonly [name: string, content: string])[]} parts
 */
export function contentTag(name, parts) {
  const hash = createHash('sha256');
  // As JSON, so that no two lists of parts read the same.
  hash.update(JSON.stringify(parts.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))));
  return `pkgr.local/${name}:${hash.digest('hex').slice(0, 12)}`;
}

/**
 * The suite of the Debian root a recipe starts from, as its FROM names it.
 * @param {string} dockerfile
 * @returns {string | undefined}
 */
export function suiteOf(dockerfile) {
  return /^FROM debian-([a-z]+)\b/m.exec(dockerfile)?.[1];
}
