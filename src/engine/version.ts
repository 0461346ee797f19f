/**
 * Whether a version such as `26.1.5+dfsg1` or `v0.13.1` is at least `major.minor`. One that is no
 * number, as a build from source has, counts as new enough.
 */
export function isAtLeast(version: string, needed: string): boolean {
  const [major, minor] = numbers(version) ?? [Number.POSITIVE_INFINITY, 0];
  const [neededMajor, neededMinor] = numbers(needed) ?? [0, 0];
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

function numbers(version: string): readonly [number, number] | undefined {
  const found = /^v?(\d+)\.(\d+)/.exec(version);
  return found === null ? undefined : [Number(found[1]), Number(found[2])];
}
