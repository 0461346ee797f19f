import type { BuildActivity } from '../api/index.js';
import type { Writers } from './framework.js';

/** A build in the framework's progress line, and with --verbose a line for each task that was done. */
export interface ProgressView {
  show(activity: BuildActivity): void;
  clear(): void;
}

/** Milliseconds between two pictures, so that thousands of events cost little. */
const INTERVAL = 100;

export function createProgressView({ log, progress }: Writers): ProgressView {
  const line = progress.get('packaging');
  line.notice('Packaging Python functions');
  const told = new Set<string>();
  let latest: BuildActivity | undefined;
  const update = () => {
    if (latest === undefined) return;
    line.notice(picture(latest));
    for (const { task, seconds } of latest.finished()) {
      if (told.has(task)) continue;
      told.add(task);
      log.info(`${task}: ${seconds.toFixed(1)} s`);
    }
  };
  const timer = setInterval(update, INTERVAL);
  timer.unref();
  return {
    show(activity) {
      latest = activity;
    },
    clear() {
      clearInterval(timer);
      update();
      line.remove();
    },
  };
}

function picture(activity: BuildActivity): string {
  const tasks = activity.running().map(({ task }) => task);
  const running = tasks.length === 0 ? '' : `: ${tasks.slice(0, 3).join(', ')}`;
  return `Packaging Python functions (${activity.summary()})${running}`;
}
