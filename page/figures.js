/**
 * Bytes for people, as the command line prints them.
 * @param {number} bytes
 */
export function formatSize(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** @param {number} share */
export function formatShare(share) {
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return '< 0.1 %';
  return percent > 0 && percent < 9.95 ? `${percent.toFixed(1)} %` : `${Math.round(percent)} %`;
}

/**
 * @param {number} count
 * @param {string} noun
 */
export function formatCount(count, noun) {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
