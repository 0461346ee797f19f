import { open as openZip } from 'yauzl';

/** Entries shown of each zip. */
const SHOWN = 12;

/**
 * Shows the first entries of a zip, with their sizes and how many more there are.
 * @param {string} path
 * @param {(line: string) => void} say
 */
export async function printZip(path, say) {
  const entries = await readEntries(path);
  const bytes = entries.reduce((sum, entry) => sum + entry.size, 0);
  say(
    `${path.split('/').at(-1)}: ${entries.length} entries, ${(bytes / 1e6).toFixed(1)} MB unzipped`,
  );
  const own = entries.filter(({ name }) => !name.includes('/'));
  const folders = new Map();
  for (const { name, size } of entries) {
    if (!name.includes('/')) continue;
    const folder = `${name.split('/')[0]}/`;
    folders.set(folder, (folders.get(folder) ?? 0) + size);
  }
  const lines = [...own.map(({ name, size }) => [name, size]), ...folders];
  for (const [name, size] of lines.slice(0, SHOWN)) {
    say(`  ${String(size).padStart(9)}  ${name}`);
  }
  if (lines.length > SHOWN) say(`  and ${lines.length - SHOWN} more`);
}

/**
 * @param {string} path
 * @returns {Promise<{ name: string, size: number }[]>}
 */
function readEntries(path) {
  return new Promise((resolve, reject) => {
    openZip(path, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      /** @type {{ name: string, size: number }[]} */
      const entries = [];
      zip.on('entry', (entry) => {
        entries.push({ name: entry.fileName, size: entry.uncompressedSize });
        zip.readEntry();
      });
      zip.on('end', () => resolve(entries));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}
