/** What a zip may ask of the one who reads it. Beyond these it is refused before anything is inflated. */
export const zipLimits = {
  /** Entries; Lambda's own limit of bytes is reached by far fewer. */
  entries: 500_000,
  /** Bytes of the directory at the zip's end, which is held in memory. */
  directory: 128 << 20,
  /** Bytes of everything when unpacked: ten times what Lambda takes with all layers. */
  unzipped: 10 * 262_144_000,
  /** Bytes of a link's target: Linux's PATH_MAX. */
  link: 4096,
} as const;

/** No deflated stream grows more: 258 bytes for two bits (https://zlib.net/zlib_tech.html). */
export const largestRatio = 1032;
