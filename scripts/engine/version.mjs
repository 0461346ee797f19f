/** The oldest engine pkgr builds with: named contexts and heredocs came with BuildKit of 23. */
export const OLDEST_ENGINE = 23;

/**
 * The major number of an engine's or a Debian package's version ("26.1.5+dfsg1-9", "5:28.0"),
 * or 0 when there is none to read.
 * @param {string | undefined} version
 */
export function majorOf(version) {
  const match = /^(?:\d+:)?(\d+)/.exec(version ?? '');
  return match?.[1] === undefined ? 0 : Number(match[1]);
}
