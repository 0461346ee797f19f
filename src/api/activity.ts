import {
  instructionOf,
  lastLogLine,
  type Progress,
  runningSteps,
  type Step,
} from '../engine/index.js';
import type { HostEvent } from '../host/index.js';
import { type BuildPlan, stageOwners } from '../plan/index.js';

/** What a build is doing, whichever engine does it; each part is worked out only when asked for. */
export interface BuildActivity {
  /** How far it is, in a few words. */
  summary(): string;
  running(): readonly RunningTask[];
  /** Everything that was really done so far, not taken from a cache; in the order it ended. */
  finished(): readonly FinishedTask[];
}

export interface RunningTask {
  /** Such as `install deps-1`. */
  readonly task: string;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly lastLine?: string;
}

export interface FinishedTask {
  readonly task: string;
  readonly seconds: number;
}

/** Names the steps of a solve by what the plan has them do. */
export function dockerActivity(plan: BuildPlan): (progress: Progress) => BuildActivity {
  const owners = stageOwners(plan);
  const taskOf = (step: Step) => owners.get(step.stage ?? '')?.task;
  return (progress) => ({
    summary() {
      const { total, cached, ran } = progress.counts;
      return `${cached + ran} of ${total} steps, ${cached} from the cache`;
    },
    running: () =>
      runningSteps(progress).map((step) => {
        const lastLine = lastLogLine(step.log);
        const task = taskOf(step) ?? step.name;
        return { task, started: step.started ?? 0, ...(lastLine !== undefined && { lastLine }) };
      }),
    finished: () =>
      [...progress.steps.values()].flatMap((step) => {
        const { started, completed, cached, error } = step;
        const task = taskOf(step);
        // Copies take no time worth telling of.
        const told = task !== undefined && instructionOf(step).startsWith('RUN');
        if (!told || started === undefined || completed === undefined) return [];
        return cached || error !== undefined
          ? []
          : [{ task, seconds: (completed - started) / 1000 }];
      }),
  });
}

/** Gathers what the host engine tells of. */
export function hostActivity(): (event: HostEvent) => BuildActivity {
  const running = new Map<string, RunningTask>();
  const finished: FinishedTask[] = [];
  const activity: BuildActivity = {
    summary: () => `${finished.length} installed`,
    running: () => [...running.values()],
    finished: () => finished,
  };
  return (event) => {
    if (event.kind === 'notice') return activity;
    const task = event.kind === 'packing' ? `pack ${event.unit.name}` : `install ${event.set.id}`;
    if (event.kind === 'installing') running.set(task, { task, started: Date.now() });
    if (event.kind === 'log') {
      const started = running.get(task)?.started ?? Date.now();
      running.set(task, { task, started, lastLine: event.line });
    }
    if (event.kind === 'installed') {
      running.delete(task);
      if (!event.cached) finished.push({ task, seconds: event.seconds });
    }
    return activity;
  };
}
