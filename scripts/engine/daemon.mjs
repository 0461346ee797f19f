import { spawn } from 'node:child_process';
import { openSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { decide } from './decide.mjs';
import { probe, processesNamed } from './probe.mjs';
import { writeRecord } from './record.mjs';

/** @typedef {import('./decide.mjs').UsableClient} UsableClient */

const LOG = '/var/log/pkgr-dockerd.log';

/**
 * Starts the installed daemon with its default data root: as a service where systemd runs the
 * machine, else in a session of its own, so that it outlives the command that needed it.
 * @param {{ readonly daemon: string, readonly systemd: boolean, readonly log: (line: string) => void }} options
 * @returns {Promise<void>}
 */
export async function startDaemon({ daemon, systemd, log }) {
  if (systemd) {
    log('starting the service docker (systemctl start docker)');
    await execa('systemctl', ['start', 'docker']);
    writeRecord({ startedBy: 'systemd', pid: null, log: null });
    return;
  }
  dropStalePid('/var/run/docker.pid', 'dockerd');
  dropStalePid('/var/run/docker/containerd/containerd.pid', 'containerd');
  const file = openSync(LOG, 'a');
  const child = spawn(daemon, [], { cwd: '/', detached: true, stdio: ['ignore', file, file] });
  // What spawn could not do is told by the wait that follows.
  child.on('error', (error) => log(error.message));
  child.unref();
  log(`started ${daemon} (process ${child.pid}, log ${LOG})`);
  writeRecord({ startedBy: 'pkgr', pid: child.pid ?? null, log: LOG });
}

/**
 * Waits until an engine answers that can be used.
 * @param {number} seconds
 * @returns {Promise<UsableClient | undefined>} undefined when none answered in that time, or
 *   when the daemon that was to answer is gone.
 */
export async function waitForEngine(seconds) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const action = decide(await probe(), { install: false });
    if (action.kind === 'use') return action.client;
    if (action.kind !== 'wait') return undefined;
    await delay(300);
  }
  return undefined;
}

/** The last lines of the daemon's log, for an error message. */
export function daemonLog() {
  try {
    return readFileSync(LOG, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
  } catch {
    return '';
  }
}

/**
 * A machine that was stopped hard keeps the pid file, and the number may belong to another
 * process by now; dockerd would then refuse to start.
 * @param {string} path
 * @param {string} program
 */
function dropStalePid(path, program) {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim());
    if (!processesNamed(program).includes(pid)) rmSync(path);
  } catch {
    // No such file: nothing is stale.
  }
}
