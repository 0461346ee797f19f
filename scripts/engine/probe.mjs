import { accessSync, constants, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { readRecord } from './record.mjs';

/**
 * A docker command that was found and what it answered. `server` is absent when no engine
 * answered it, `buildx` when it has no such plugin.
 * @typedef {{ readonly path: string, readonly server?: string, readonly buildx?: string, readonly error: string }} Client
 */

/**
 * What is known about the machine; the decision is made from this and nothing else.
 * @typedef {{
 *   readonly clients: readonly Client[],
 *   readonly elsewhere: string | undefined,
 *   readonly root: boolean,
 *   readonly system: { readonly id: string, readonly like: readonly string[], readonly codename: string },
 *   readonly systemd: boolean,
 *   readonly daemon: { readonly path: string, readonly version: string } | undefined,
 *   readonly running: boolean,
 *   readonly foreignData: boolean,
 * }} Facts
 */

const DATA_ROOT = '/var/lib/docker';

/** Places where Docker installs its command without adding them to every PATH. */
const USUAL_FOLDERS = [
  '/usr/bin',
  '/usr/local/bin',
  '/opt/homebrew/bin',
  '/Applications/Docker.app/Contents/Resources/bin',
  join(homedir(), '.docker/bin'),
  join(homedir(), '.orbstack/bin'),
];

/**
 * Looks at the machine without changing it.
 * @returns {Promise<Facts>}
 */
export async function probe() {
  const [clients, daemon] = await Promise.all([
    Promise.all(programs('docker').map(askClient)),
    askDaemon(),
  ]);
  return {
    clients,
    daemon,
    elsewhere: chosenEngine(),
    root: process.getuid?.() === 0,
    system: parseSystem(readOr('/etc/os-release')),
    systemd: readOr('/proc/1/comm').trim() === 'systemd',
    running: processesNamed('dockerd').length > 0,
    foreignData: hasEntries(DATA_ROOT) && readRecord() === undefined,
  };
}

/**
 * The engine that this user told Docker to use instead of the machine's own, if any.
 * @returns {string | undefined}
 */
function chosenEngine() {
  const { DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG } = process.env;
  if (DOCKER_HOST) return DOCKER_HOST;
  const config = readOr(join(DOCKER_CONFIG || join(homedir(), '.docker'), 'config.json'));
  const context = DOCKER_CONTEXT || /"currentContext":\s*"([^"]+)"/.exec(config)?.[1];
  return context === 'default' ? undefined : context;
}

/**
 * The distribution, as os-release(5) describes it.
 * @param {string} text
 * @returns {Facts['system']}
 */
export function parseSystem(text) {
  /** @param {string} key */
  const field = (key) => new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  const like = field('ID_LIKE').split(' ').filter(Boolean);
  return { id: field('ID'), like, codename: field('VERSION_CODENAME') };
}

/**
 * The ids of the processes with this name; none where there is no /proc.
 * @param {string} name
 */
export function processesNamed(name) {
  return entries('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => readOr(`/proc/${pid}/comm`).trim() === name)
    .map(Number);
}

/**
 * @param {string} path
 * @returns {Promise<Client>}
 */
async function askClient(path) {
  // A remote engine that does not answer must not hold the set-up for ever.
  const options = /** @type {const} */ ({ reject: false, timeout: 20_000, stdin: 'ignore' });
  const [version, buildx] = await Promise.all([
    execa(path, ['version', '--format', '{{.Server.Version}}'], options),
    execa(path, ['buildx', 'version'], options),
  ]);
  const server = version.exitCode === 0 ? version.stdout.trim() : '';
  const plugin = buildx.exitCode === 0 ? (/\bv?(\d+\.\d+\S*)/.exec(buildx.stdout)?.[1] ?? '') : '';
  return {
    path,
    ...(/^\d/.test(server) ? { server } : {}),
    ...(plugin === '' ? {} : { buildx: plugin }),
    error: version.stderr.trim(),
  };
}

/** @returns {Promise<Facts['daemon']>} */
async function askDaemon() {
  const path = programs('dockerd', ['/usr/sbin', '/usr/bin', '/usr/local/bin'])[0];
  if (path === undefined) return undefined;
  const asked = await execa(path, ['--version'], { reject: false, timeout: 20_000 });
  return { path, version: /version (\d[^\s,]*)/.exec(asked.stdout)?.[1] ?? '' };
}

/**
 * Every program of that name, those on PATH first; the same file under two names counts once.
 * @param {string} name
 * @param {readonly string[]} usual
 */
export function programs(name, usual = USUAL_FOLDERS) {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...usual];
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const path of folders.map((folder) => join(folder, name))) {
    try {
      accessSync(path, constants.X_OK);
      const file = realpathSync(path);
      if (!found.has(file)) found.set(file, path);
    } catch {
      // Not there, or not a program: the next folder may have one.
    }
  }
  return [...found.values()];
}

/** @param {string} path */
function hasEntries(path) {
  return entries(path).length > 0;
}

/** @param {string} path */
function entries(path) {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** @param {string} path */
function readOr(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
