import { createLogUpdate } from 'log-update';
import {
  instructionOf,
  lastLogLine,
  type Progress,
  runningSteps,
  type Step,
} from '../api/index.js';
import { formatSeconds } from './figures.js';
import type { Terminal } from './terminal.js';

/** Shows a solve while it runs. */
export interface ProgressView {
  show(progress: Progress): void;
  /** Takes away what is only of interest while it runs. */
  clear(): void;
}

/** How the stages' tasks are called, by the stage's name. */
export type TaskNames = (stage: string) => string | undefined;

/** Milliseconds between two pictures, so that thousands of events cost little. */
const INTERVAL = 100;
/** Steps shown at once. */
const SHOWN = 8;

/**
 * On a terminal the steps that run now, each with its last line of log, redrawn in place; elsewhere
 * (CI, a pipe) a line for each task that took place.
 */
export function createProgressView(terminal: Terminal, taskOf: TaskNames): ProgressView {
  return terminal.isLive ? liveView(terminal, taskOf) : plainView(terminal, taskOf);
}

function liveView(terminal: Terminal, taskOf: TaskNames): ProgressView {
  const update = createLogUpdate(terminal.stderr);
  let latest: Progress | undefined;
  const draw = () => {
    if (latest !== undefined) update(picture(latest, taskOf, terminal.stderr.columns ?? 80));
  };
  const timer = setInterval(draw, INTERVAL);
  timer.unref();
  return {
    show(progress) {
      latest = progress;
    },
    clear() {
      clearInterval(timer);
      update.clear();
      update.done();
    },
  };
}

/** The running steps as text, no line wider than the terminal. */
function picture(progress: Progress, taskOf: TaskNames, columns: number): string {
  const { total, cached, ran } = progress.counts;
  const running = runningSteps(progress).filter((step) => step.counted || step.started);
  const lines = [`${cached + ran} of ${total} steps, ${cached} from the cache`];
  for (const step of running.slice(0, SHOWN)) {
    const seconds = formatSeconds((Date.now() - (step.started ?? Date.now())) / 1000);
    lines.push(`  ${titleOf(step, taskOf)}  ${seconds}`);
    const last = lastLogLine(step.log);
    if (last !== undefined) lines.push(`    | ${last}`);
  }
  if (running.length > SHOWN) lines.push(`  and ${running.length - SHOWN} more`);
  return lines.map((line) => line.slice(0, columns - 1)).join('\n');
}

function plainView(terminal: Terminal, taskOf: TaskNames): ProgressView {
  const told = new Set<string>();
  return {
    show(progress) {
      for (const step of progress.steps.values()) {
        if (step.completed === undefined || step.cached || told.has(step.id)) continue;
        told.add(step.id);
        const task =
          step.counted && step.error === undefined ? taskOf(step.stage ?? '') : undefined;
        if (task === undefined || !instructionOf(step).startsWith('RUN')) continue;
        const seconds = (step.completed - (step.started ?? step.completed)) / 1000;
        terminal.say(`${task}: ${formatSeconds(seconds)}`);
      }
    },
    clear() {},
  };
}

function titleOf(step: Step, taskOf: TaskNames): string {
  return taskOf(step.stage ?? '') ?? step.name;
}
