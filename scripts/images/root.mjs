import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { aptGet, readSources } from '../engine/apt.mjs';
import { parseSystem } from '../engine/probe.mjs';
import { deriveSource } from '../engine/sources.mjs';
import { withLock } from '../lock.mjs';

/** Lambda's architecture by default, and that of the images these stand in for. */
export const PLATFORM = 'linux/amd64';

/** How mmdebstrap makes a root: the essential packages and apt. Part of every image's name. */
export const BOOTSTRAP = ['--quiet', '--variant=apt', '--architectures=amd64'];

/**
 * Makes the Debian root that the recipes of a suite start from. On Debian mmdebstrap makes it
 * (12 s, and no registry is asked); elsewhere, a Mac for instance, Docker's
 * own debian image is the same thing and is pulled.
 * @param {{ readonly suite: string, readonly tag: string, readonly docker: string, readonly log: (line: string) => void }} options
 * @returns {Promise<void>}
 * @throws {Error} when it can be had in neither way.
 */
export async function makeRoot({ suite, tag, docker, log }) {
  const system = parseSystem(osRelease());
  if (system.id === 'debian' && process.getuid?.() === 0 && process.arch === 'x64') {
    log(`making ${tag} with mmdebstrap`);
    return bootstrap({ suite, codename: system.codename, tag, docker });
  }
  const image = `debian:${suite}-slim`;
  log(`pulling ${image} as ${tag}`);
  const pull = await execa(docker, ['pull', '--quiet', '--platform', PLATFORM, image], {
    reject: false,
  });
  if (pull.failed)
    throw new Error(
      `${image} cannot be pulled (${pull.stderr.trim()}); on Debian, root on x86-64 needs no registry.`,
    );
  await execa(docker, ['tag', image, tag]);
}

/** @param {{ suite: string, codename: string, tag: string, docker: string }} options */
async function bootstrap({ suite, codename, tag, docker }) {
  await withLock('mmdebstrap', async () => {
    const present = await execa('mmdebstrap', ['--version'], { reject: false });
    if (!present.failed) return;
    await aptGet(['update', '-qq']);
    await aptGet(['install', '-y', '-qq', '--no-install-recommends', 'mmdebstrap']);
  });
  const folder = mkdtempSync(join(tmpdir(), 'pkgr-root-'));
  try {
    // The machine's own mirrors; without any, mmdebstrap knows Debian's.
    const source = deriveSource(readSources(), codename, suite);
    const mirrors = join(folder, `${suite}.sources`);
    if (source !== undefined) writeFileSync(mirrors, source);
    const root = join(folder, 'root.tar');
    const args = [...BOOTSTRAP, suite, root];
    await execa('mmdebstrap', source === undefined ? args : [...args, mirrors], { cwd: '/' });
    await execa(docker, ['import', '--platform', PLATFORM, root, tag]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function osRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
