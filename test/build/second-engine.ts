import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { programs } from '../../scripts/engine/probe.mjs';
import { docker, hasEngine } from '../engine/local-engine.js';
import { fresh, newFolder } from './project.js';
import { run } from './run.js';

const [daemon] = programs('dockerd', ['/usr/sbin', '/usr/local/sbin']);

/** Killing the command kills all that is in the namespaces. */
const NAMESPACES = [...['--net', '--mount', '--pid', '--mount-proc', '--fork', '--kill-child']];

/** Why no second engine can be started here, as the reason of skipping; '' where one can. */
export const needsSecondEngine = whyNot();

function whyNot(): string {
  if (!hasEngine) return ' (skipped: no Docker engine answers)';
  if (daemon === undefined) return ' (skipped: there is no dockerd to start a second time)';
  try {
    execFileSync('unshare', [...NAMESPACES, 'true'], { stdio: 'ignore' });
    return '';
  } catch {
    return ' (skipped: namespaces, which a second engine needs, cannot be made here)';
  }
}

/** A Docker engine beside the first one, reached by a docker context. */
export interface SecondEngine {
  readonly context: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it, and takes its context and all that it holds away. */
  remove(): Promise<void>;
}

/**
 * Starts an engine with a data root and a socket of its own. It lives in namespaces of its own: it
 * finds no bridge and no rules of the first engine that it could replace, it has no network beyond
 * itself, and its containers and mounts are gone with it.
 */
export async function startSecondEngine(): Promise<SecondEngine> {
  const folder = newFolder();
  const at = (name: string) => join(folder, name);
  const socket = `unix://${at('docker.sock')}`;
  const config = at('daemon.json');
  // The engine's own builder can write caches with this image store only.
  writeFileSync(config, '{"features": {"containerd-snapshotter": true}}');
  const process = spawn(
    'sh',
    [
      '-c',
      'log=$1; shift; exec unshare "$@" >"$log" 2>&1',
      'sh',
      at('log'),
      ...NAMESPACES,
      daemon ?? '',
      ...['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid')],
      ...['--host', socket, '--config-file', config],
      ...['--iptables=false', '--ip6tables=false'],
    ],
    { stdio: 'ignore' },
  );
  const ended = once(process, 'exit');
  const context = `pkgr-test-${fresh()}`;
  const kill = async () => {
    process.kill('SIGKILL');
    await ended;
  };
  const remove = async () => {
    await kill();
    await run(docker, ['context', 'rm', '--force', context]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await run(docker, ['context', 'create', context, '--docker', `host=${socket}`]);
    await answers(context, () => process.exitCode !== null, at('log'));
  } catch (error) {
    await remove();
    throw error;
  }
  return { context, kill, remove };
}

async function answers(context: string, hasEnded: () => boolean, log: string): Promise<void> {
  for (let attempt = 0; attempt < 300 && !hasEnded(); attempt += 1) {
    try {
      await run(docker, ['--context', context, 'version']);
      return;
    } catch {
      await wait(200);
    }
  }
  const said = existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : '';
  throw new Error(`the second engine does not answer:\n${said}`);
}
