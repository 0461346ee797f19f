#!/usr/bin/env node
/**
 * Installs the Serverless Framework and osls, which the tests of the plugin package services with,
 * into the user's cache folder: as dev dependencies they would make `npm ci` several times as long
 * for everybody. The folder is named by its lock file, so it is made once and found again.
 *
 * `node scripts/frameworks.mjs` prints the command of each on stdout.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { withLock } from './lock.mjs';

const RECIPE = fileURLToPath(new URL('../test/serverless/frameworks/', import.meta.url));
const FILES = ['package.json', 'package-lock.json'];

/** Their commands below the folder. */
export const commands = {
  serverless: 'node_modules/serverless/bin/serverless.js',
  osls: 'node_modules/osls/bin/serverless.js',
};

/**
 * Finds or makes the folder with both; safe to call from several processes at once.
 * @returns {Promise<string>} its absolute path
 * @throws {Error} when npm cannot install them.
 */
export async function ensureFrameworks() {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'pkgr-tests');
  const folder = join(cache, `frameworks-${lockHash()}`);
  if (existsSync(folder)) return folder;
  return withLock('frameworks', async () => {
    if (existsSync(folder)) return folder;
    mkdirSync(cache, { recursive: true });
    const making = mkdtempSync(join(cache, 'making-'));
    try {
      for (const name of FILES) cpSync(join(RECIPE, name), join(making, name));
      // None of them needs an install script; theirs only print or look at the machine.
      const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
      await execa('npm', ['ci', ...options], { cwd: making });
      renameSync(making, folder);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
    return folder;
  });
}

function lockHash() {
  const hash = createHash('sha256');
  for (const name of FILES) hash.update(readFileSync(join(RECIPE, name)));
  return hash.digest('hex').slice(0, 16);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = await ensureFrameworks();
  for (const [name, command] of Object.entries(commands))
    console.log(`${name} ${join(folder, command)}`);
}
