/**
 * Installs the alternatives as their users do, into the user's cache folder. One that cannot be
 * installed is reported with its message, and the benchmark goes on without it.
 *
 * PKGR_BENCH_SOCLESS names a checkout of the socless plugin for machines without GitHub.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { RUNTIME } from './workloads.mjs';

const VERSIONS = {
  serverless: '3.40.0',
  'serverless-python-requirements': '6.1.2',
  juniper: '0.5.5',
  'aws-sam-cli': '1.170.0',
  uv: '0.13.9',
};
const SOCLESS = process.env.PKGR_BENCH_SOCLESS || 'github:twilio-labs/socless_integration_packager';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'pkgr-bench');

/** What is installed, and why something is not. */
export async function installAlternatives(/** @type {(line: string) => void} */ log) {
  mkdirSync(cache, { recursive: true });
  /** @type {Record<string, string>} */
  const failures = {};
  const attempt = async (
    /** @type {string} */ name,
    /** @type {() => Promise<unknown>} */ work,
  ) => {
    try {
      await work();
    } catch (error) {
      failures[name] =
        error instanceof Error ? (error.message.split('\n').at(-1) ?? '') : String(error);
      log(`${name} cannot be installed: ${failures[name]}`);
    }
  };
  for (const name of ['juniper', 'aws-sam-cli', 'uv']) {
    await attempt(name, () => venv(name, log));
  }
  await attempt('docker-compose', async () => {
    await execa('docker-compose', ['--version']).catch(() =>
      execa('apt-get', ['install', '-y', '--no-install-recommends', 'docker-compose']),
    );
  });
  const npm = join(cache, 'npm');
  mkdirSync(npm, { recursive: true });
  writeFileSync(join(npm, 'package.json'), '{"private": true}\n');
  await attempt('serverless', () => npmInstall(npm, 'serverless', log));
  await attempt('serverless-python-requirements', () =>
    npmInstall(npm, 'serverless-python-requirements', log),
  );
  await attempt('socless_integration_packager', async () => {
    if (existsSync(join(npm, 'node_modules/socless_integration_packager'))) return;
    log('installing socless_integration_packager');
    await execa('npm', ['install', '--install-links', '--no-audit', '--no-fund', SOCLESS], {
      cwd: npm,
    });
  });
  return { cache, modules: join(npm, 'node_modules'), failures };
}

/** @param {string} name */
export function programOf(name) {
  return join(cache, name, 'bin');
}

/**
 * @param {keyof VERSIONS & string | string} name
 * @param {(line: string) => void} log
 */
async function venv(name, log) {
  const folder = join(cache, name);
  const package_ = `${name}==${VERSIONS[/** @type {keyof VERSIONS} */ (name)]}`;
  if (existsSync(join(folder, 'done'))) return;
  log(`installing ${package_}`);
  await execa(RUNTIME, ['-m', 'venv', folder]);
  await execa(join(folder, 'bin/pip'), ['install', '--quiet', package_]);
  writeFileSync(join(folder, 'done'), '');
}

/**
 * @param {string} folder
 * @param {keyof VERSIONS} name
 * @param {(line: string) => void} log
 */
async function npmInstall(folder, name, log) {
  if (existsSync(join(folder, 'node_modules', name))) return;
  log(`installing ${name}@${VERSIONS[name]}`);
  await execa('npm', ['install', '--no-audit', '--no-fund', `${name}@${VERSIONS[name]}`], {
    cwd: folder,
  });
}
