#!/usr/bin/env node
/**
 * Finds a Chromium for the tests of pages: one that is installed is used as it is; else, as root on
 * Debian, the distribution's is installed; else a line says what to do.
 *
 * `node scripts/browser.mjs` tells its path and exits 0, or 75 when there is none.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aptGet, candidateOf } from './engine/apt.mjs';
import { withLock } from './lock.mjs';

/** @typedef {{ kind: 'ready', path: string } | { kind: 'absent', advice: string }} Browser */

const COMMANDS = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];

/**
 * @param {{ install?: boolean, log?: (line: string) => void }} options `install: false` only looks.
 * @returns {Promise<Browser>}
 */
export async function ensureBrowser({ install = true, log = () => {} } = {}) {
  const found = installedBrowser();
  if (found !== undefined) return { kind: 'ready', path: found };
  const advice = 'Install chromium to run the tests of pages, or name one in PKGR_BROWSER.';
  if (!install || process.getuid?.() !== 0) return { kind: 'absent', advice };
  try {
    return await withLock('browser', () => installBrowser(log));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'absent', advice: `Installing chromium failed: ${reason}\n${advice}` };
  }
}

/**
 * @param {(line: string) => void} log
 * @returns {Promise<Browser>}
 */
async function installBrowser(log) {
  // Another process may have been faster.
  const found = installedBrowser();
  if (found !== undefined) return { kind: 'ready', path: found };
  await aptGet(['update', '-qq']).catch((/** @type {Error} */ error) => log(error.message));
  const candidate = await candidateOf('chromium');
  // Ubuntu's chromium is a snap, which does not run without systemd.
  if (candidate === undefined || candidate.includes('snap')) {
    return { kind: 'absent', advice: 'This distribution has no chromium package.' };
  }
  log(`installing chromium ${candidate}`);
  // Fonts, because without any a page has no text.
  const packages = ['chromium', 'fonts-dejavu-core'];
  await aptGet(['install', '-y', '-qq', '--no-install-recommends', '--no-remove', ...packages]);
  const path = installedBrowser();
  if (path === undefined) throw new Error('the package brought no command');
  return { kind: 'ready', path };
}

/** @returns {string | undefined} */
function installedBrowser() {
  const named = process.env.PKGR_BROWSER;
  if (named) return isExecutable(named) ? named : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = COMMANDS.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await ensureBrowser({ log: (line) => console.error(`browser: ${line}`) });
  console.error(`browser: ${browser.kind === 'ready' ? browser.path : browser.advice}`);
  process.exitCode = browser.kind === 'ready' ? 0 : 75;
}
