import { writeFileSync } from 'node:fs';
import { aptGet, candidateOf, readSources } from './apt.mjs';
import { deriveSource, pinOnly } from './sources.mjs';
import { majorOf, OLDEST_ENGINE } from './version.mjs';

/** @typedef {(line: string) => void} Log */

const PACKAGES = ['docker.io', 'docker-cli', 'docker-buildx'];
const PINNED_SOURCE = '/etc/apt/sources.list.d/pkgr-trixie.sources';
const PINNED_PREFERENCES = '/etc/apt/preferences.d/pkgr-trixie';

/**
 * Installs the distribution's own engine, CLI and buildx. Debian bookworm's engine is 20.10, so
 * there the three come from trixie, by pin, from the mirrors this machine uses already.
 * @param {{ readonly codename: string, readonly log: Log }} options
 * @returns {Promise<void>}
 * @throws {Error} when apt fails or the distribution has no engine that is new enough.
 */
export async function installEngine({ codename, log }) {
  await aptGet(['update', '-qq']).catch((/** @type {Error} */ error) => log(`${error.message}`));
  let candidate = await candidateOf('docker.io');
  if (majorOf(candidate) < OLDEST_ENGINE && codename === 'bookworm') {
    addTrixie(log);
    await aptGet(['update', '-qq']);
    candidate = await candidateOf('docker.io');
  }
  if (majorOf(candidate) < OLDEST_ENGINE)
    throw new Error(
      `this distribution's docker.io is ${candidate ?? 'not to be had'}; ${OLDEST_ENGINE} or later is needed`,
    );
  // Ubuntu's docker.io holds the CLI itself: there is no docker-cli to ask for.
  const packages = [];
  for (const name of [...PACKAGES, 'iptables'])
    if ((await candidateOf(name)) !== undefined) packages.push(name);
  log(`installing ${packages.join(' ')} (engine ${candidate})`);
  // --no-remove: rather fail than replace a Docker that is installed from elsewhere.
  await aptGet(['install', '-y', '-qq', '--no-install-recommends', '--no-remove', ...packages]);
}

/** @param {Log} log */
function addTrixie(log) {
  const source = deriveSource(readSources(PINNED_SOURCE), 'bookworm', 'trixie');
  if (source === undefined)
    throw new Error('no Debian bookworm source is configured in /etc/apt to derive trixie from');
  log(`adding ${PINNED_SOURCE} and ${PINNED_PREFERENCES} (bookworm's own engine is too old)`);
  writeFileSync(PINNED_PREFERENCES, pinOnly('trixie', PACKAGES));
  writeFileSync(PINNED_SOURCE, source);
}
