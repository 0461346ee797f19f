import type { BuildActivity } from '../api/index.js';
import { formatSeconds } from './figures.js';
import type { Terminal } from './terminal.js';

/** Shows a build while it runs. */
export interface ProgressView {
  show(activity: BuildActivity): void;
  /** Takes away what is only of interest while it runs. */
  clear(): void;
}

/** For a build whose every line is told otherwise. */
export const noProgressView: ProgressView = { show() {}, clear() {} };

/** Milliseconds between two pictures, so that thousands of events cost little. */
const INTERVAL = 100;
/** Tasks shown at once. */
const SHOWN = 8;

/**
 * On a terminal the tasks that run now, each with its last line of log, redrawn in place; elsewhere
 * (CI, a pipe) a line for each task that was done.
 */
export async function createProgressView(terminal: Terminal): Promise<ProgressView> {
  return terminal.isLive ? liveView(terminal) : plainView(terminal);
}

async function liveView(terminal: Terminal): Promise<ProgressView> {
  // Only here, because loading it takes longer than all of pkgr's own code.
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(terminal.stderr);
  let latest: BuildActivity | undefined;
  const timer = setInterval(() => {
    if (latest !== undefined) update(picture(latest, terminal.stderr.columns ?? 80));
  }, INTERVAL);
  timer.unref();
  return {
    show(activity) {
      latest = activity;
    },
    clear() {
      clearInterval(timer);
      update.clear();
      update.done();
    },
  };
}

/** The running tasks as text, no line wider than the terminal. */
function picture(activity: BuildActivity, columns: number): string {
  const running = activity.running();
  const lines = [activity.summary()];
  for (const { task, started, lastLine } of running.slice(0, SHOWN)) {
    lines.push(`  ${task}  ${formatSeconds((Date.now() - started) / 1000)}`);
    if (lastLine !== undefined) lines.push(`    | ${lastLine}`);
  }
  if (running.length > SHOWN) lines.push(`  and ${running.length - SHOWN} more`);
  return lines.map((line) => line.slice(0, columns - 1)).join('\n');
}

function plainView(terminal: Terminal): ProgressView {
  const told = new Set<string>();
  return {
    show(activity) {
      for (const { task, seconds } of activity.finished()) {
        if (told.has(task)) continue;
        told.add(task);
        terminal.say(`${task}: ${formatSeconds(seconds)}`);
      }
    },
    clear() {},
  };
}
