#!/usr/bin/env node
/**
 * Makes a Docker engine usable: one that answers is used as it is; else, as root on Debian or
 * Ubuntu, the distribution's is installed and started; else three lines say what to do.
 *
 * `node scripts/engine.mjs` tells on stderr what it did and exits 0, or 75 when there is none.
 */
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { daemonLog, startDaemon, waitForEngine } from './engine/daemon.mjs';
import { advise, decide } from './engine/decide.mjs';
import { installEngine } from './engine/install.mjs';
import { probe, programs } from './engine/probe.mjs';
import { writeRecord } from './engine/record.mjs';
import { withLock } from './lock.mjs';

/** @typedef {(line: string) => void} Log */
/** @typedef {'found' | 'started' | 'installed'} How */

/**
 * An engine that can be used. `docker` is the command to call and `env` what to add to its
 * environment so that it is also the one a bare `docker` finds.
 * @typedef {{ kind: 'ready', how: How, server: string, buildx: string, docker: string, env: Record<string, string> }} ReadyEngine
 */
/** @typedef {ReadyEngine | { kind: 'absent', advice: string[] }} Engine */

/** Seconds a daemon has to answer after its start. */
const PATIENCE = 60;

/**
 * Finds, starts or installs an engine. Safe to call again and from several processes at once.
 * @param {{ install?: boolean, log?: Log }} options `install: false` looks and changes nothing.
 * @returns {Promise<Engine>}
 */
export async function ensureEngine({ install = true, log = () => {} } = {}) {
  const action = decide(await probe(), { install });
  if (action.kind === 'use') return ready(action.client, 'found');
  if (action.kind === 'advise') return { kind: 'absent', advice: [...action.advice] };
  if (!install) return absent('No Docker engine answers.', 'Run "node scripts/engine.mjs" first.');
  try {
    return await withLock('engine', () => bringUp(log));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return absent(`Setting up a Docker engine failed: ${reason}`, 'Put that right and try again.');
  }
}

/**
 * @param {Log} log
 * @param {How} how What has been done so far.
 * @returns {Promise<Engine>}
 */
async function bringUp(log, how = 'found') {
  const facts = await probe();
  const action = decide(facts, { install: how === 'found' });
  switch (action.kind) {
    case 'use':
      return ready(action.client, how);
    case 'advise':
      return { kind: 'absent', advice: [...action.advice] };
    case 'wait':
      return answered(await waitForEngine(PATIENCE), how);
    case 'start':
      await startDaemon({ daemon: action.daemon, systemd: facts.systemd, log });
      return answered(await waitForEngine(PATIENCE), how === 'found' ? 'started' : how);
    case 'install':
      await installEngine({ codename: facts.system.codename, log });
      // The package may have started the service itself: it is ours all the same.
      writeRecord({ startedBy: facts.systemd ? 'systemd' : 'pkgr', pid: null, log: null });
      return bringUp(log, 'installed');
  }
}

/**
 * @param {import('./engine/decide.mjs').UsableClient | undefined} client
 * @param {How} how
 * @returns {Engine}
 */
function answered(client, how) {
  if (client !== undefined) return ready(client, how);
  return absent(
    'dockerd runs or was started, but does not answer.',
    `See its log: ${daemonLog() || 'journalctl -u docker'}`,
  );
}

/**
 * @param {import('./engine/decide.mjs').UsableClient} client
 * @param {How} how
 * @returns {ReadyEngine}
 */
function ready(client, how) {
  const { server, buildx, path: docker } = client;
  // Another docker may come first on PATH, one without buildx for instance.
  const first = programs('docker', [])[0] === docker;
  const path = [dirname(docker), process.env.PATH ?? ''].filter(Boolean).join(delimiter);
  return { kind: 'ready', how, server, buildx, docker, env: first ? {} : { PATH: path } };
}

/**
 * @param {string} problem
 * @param {string} remedy
 * @returns {Engine}
 */
function absent(problem, remedy) {
  return { kind: 'absent', advice: [...advise(problem, remedy).advice] };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const say = (/** @type {string} */ line) => void process.stderr.write(`engine: ${line}\n`);
  const engine = await ensureEngine({ log: say });
  if (engine.kind === 'ready')
    say(`${engine.how}: engine ${engine.server}, buildx ${engine.buildx}, ${engine.docker}`);
  else for (const line of engine.advice) say(line);
  process.exitCode = engine.kind === 'ready' ? 0 : 75;
}
