/**
 * A package URL: what scanners know a package by. Each part is encoded, so that none can be another.
 * @see https://github.com/package-url/purl-spec
 */
export function purl(
  type: 'pypi' | 'deb' | 'rpm' | 'apk',
  names: readonly string[],
  version: string | undefined,
  qualifiers: Readonly<Record<string, string | undefined>> = {},
): string {
  const path = names.map(encode).join('/');
  const given = Object.entries(qualifiers)
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encode(value)}`))
    .sort();
  const tail = given.length === 0 ? '' : `?${given.join('&')}`;
  return `pkg:${type}/${path}${version === undefined ? '' : `@${encode(version)}`}${tail}`;
}

/** As the specification has it: what encodeURIComponent leaves besides, and colons as they are. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3A', ':');
}
