/**
 * A way to package, as the benchmark uses it.
 *
 * @typedef {object} Tool
 * @property {string} name
 * @property {string} settings what it was told, in a few words
 * @property {readonly string[]} steps those that it takes part in
 * @property {readonly string[]} workloads
 * @property {() => Promise<string>} version throws when it is not there
 * @property {(workload: import('../workloads.mjs').Workload, folder: string) => void} write its manifests
 * @property {(folder: string, step: string) => Promise<Command>} command
 * @property {(folder: string) => void | Promise<void>} [forget] removes what it keeps of earlier builds, but for downloads
 * @property {string} artifacts the folder of what comes out
 * @property {boolean} [withoutLayers] whether it makes no layers
 * @property {boolean} [slow] whether a round of it takes minutes; it takes part in fewer
 *
 * @typedef {{ file: string, arguments: readonly string[], env?: Record<string, string> }} Command
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes files whose text differs from what is there; others keep their times, as in an editor.
 * @param {string} folder
 * @param {Record<string, string>} files
 */
export function writeAll(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    const place = join(folder, path);
    if (existsSync(place) && readFileSync(place, 'utf8') === text) continue;
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
}

/**
 * For tools that take one requirements file a function: all its lines.
 * @param {import('../workloads.mjs').Workload} workload
 */
export function ownRequirementsFiles({ functions }) {
  /** @type {Record<string, string>} */
  const files = {};
  for (const { folder, shared, own } of functions) {
    const lines = [...shared, ...own];
    if (lines.length > 0) files[`${folder}/requirements.txt`] = `${lines.join('\n')}\n`;
  }
  return files;
}
