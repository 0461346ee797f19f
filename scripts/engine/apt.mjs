import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { parseDeb822, parseOneLine } from './sources.mjs';

/**
 * The package sources this machine is configured with.
 * @param {string} [except] A file to leave out.
 */
export function readSources(except) {
  const folder = '/etc/apt/sources.list.d';
  const files = ['/etc/apt/sources.list', ...listed(folder).map((name) => join(folder, name))];
  return files.flatMap((file) => {
    if (file === except) return [];
    if (file.endsWith('.sources')) return parseDeb822(read(file));
    return file.endsWith('.list') ? parseOneLine(read(file)) : [];
  });
}

/**
 * The version of a package that apt would install, or undefined when it knows none.
 * @param {string} name
 * @returns {Promise<string | undefined>}
 */
export async function candidateOf(name) {
  const policy = await execa('apt-cache', ['policy', name], { env: { LC_ALL: 'C' } });
  const version = /Candidate: (\S+)/.exec(policy.stdout)?.[1];
  return version === '(none)' ? undefined : version;
}

/**
 * Runs apt-get without a question.
 * @param {readonly string[]} args
 * @returns {Promise<void>}
 * @throws {Error} with the last lines of its output.
 */
export async function aptGet(args) {
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  // Another apt may hold the lock (a first boot's upgrades): wait for it a while.
  const run = await execa('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], {
    env,
    reject: false,
    stdin: 'ignore',
    all: true,
  });
  if (run.failed)
    throw new Error(
      `apt-get ${args.join(' ')} failed:\n${run.all.split('\n').slice(-12).join('\n')}`,
    );
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** @param {string} folder */
function listed(folder) {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
