import { appendLog, emptyLog, type LogTail } from './log-tail.js';
import type { SolveEvent, VertexEvent } from './solve-event.js';

/** One thing the engine does: an instruction of the Dockerfile, or work of its own. */
export interface Step {
  /** BuildKit's digest of the step. */
  readonly id: string;
  /** As BuildKit prints it: `[deps-1 2/3] RUN ...`, `[internal] load build context`. */
  readonly name: string;
  /**
   * The Dockerfile's stage, when the name tells it: not for steps of the engine's own, nor when
   * the target needs a single stage. Stages with the same instructions share their steps, which
   * then carry the name of one of them.
   */
  readonly stage: string | undefined;
  /** Whether it is an instruction of the Dockerfile. */
  readonly counted: boolean;
  /** Milliseconds since the epoch, by the engine's clock. */
  readonly started: number | undefined;
  readonly completed: number | undefined;
  readonly cached: boolean;
  readonly error: string | undefined;
  readonly log: LogTail;
}

/** How far a solve is. */
export interface Progress {
  /** In the order in which the engine named them. */
  readonly steps: ReadonlyMap<string, Step>;
  /** Instructions of the Dockerfile: known, found in the cache, and run to their end. */
  readonly counts: { readonly total: number; readonly cached: number; readonly ran: number };
  /** Bytes of the build context that were sent. */
  readonly contextBytes: number;
}

export const noProgress: Progress = {
  steps: new Map(),
  counts: { total: 0, cached: 0, ran: 0 },
  contextBytes: 0,
};

/**
 * The model after these events too. Takes all the events there are at once, because the map of
 * steps is copied once a call and a large solve has thousands of each.
 */
export function reduceProgress(before: Progress, events: readonly SolveEvent[]): Progress {
  if (events.length === 0) return before;
  const steps = new Map(before.steps);
  let { contextBytes } = before;
  for (const event of events) {
    for (const vertex of event.vertexes) {
      steps.set(vertex.digest, stepOf(vertex, steps.get(vertex.digest)));
    }
    for (const { vertex, data } of event.logs) {
      const step = steps.get(vertex);
      if (step !== undefined) steps.set(vertex, { ...step, log: appendLog(step.log, data) });
    }
    for (const status of event.statuses) {
      if (isContextTransfer(status.id, steps.get(status.vertex))) {
        contextBytes = Math.max(contextBytes, status.current);
      }
    }
  }
  return { steps, counts: count(steps.values()), contextBytes };
}

/** The steps that are being worked on now. */
export function runningSteps({ steps }: Progress): readonly Step[] {
  return [...steps.values()].filter(
    (step) => step.started !== undefined && step.completed === undefined,
  );
}

/** The instruction alone, without `[stage n/m]`. */
export function instructionOf(step: Step): string {
  return step.name.replace(/^\[[^\]]*\] /, '');
}

function stepOf(vertex: VertexEvent, earlier: Step | undefined): Step {
  const { started, completed, error } = vertex;
  const name = vertex.name === '' ? (earlier?.name ?? '') : vertex.name;
  const place = /^\[(?:\S+\/\S+ +)?(?:([^\s/]+) +)?\d+\/\d+\] /.exec(name);
  return {
    id: vertex.digest,
    name,
    stage: place?.[1],
    counted: place !== null,
    started,
    completed,
    cached: vertex.cached,
    error,
    log: earlier?.log ?? emptyLog,
  };
}

function isContextTransfer(id: string, step: Step | undefined): boolean {
  return id.startsWith('transferring context') && step?.name === '[internal] load build context';
}

function count(steps: Iterable<Step>): Progress['counts'] {
  const counts = { total: 0, cached: 0, ran: 0 };
  for (const { counted, cached, completed, error } of steps) {
    if (!counted) continue;
    counts.total += 1;
    if (cached) counts.cached += 1;
    else if (completed !== undefined && error === undefined) counts.ran += 1;
  }
  return counts;
}

/** Several solves of different builders as one; a step that two of them do counts twice. */
export function mergeProgress(all: readonly Progress[]): Progress {
  const steps = all.flatMap((each, index) =>
    [...each.steps].map(([id, step]) => [`${index} ${id}`, step] as const),
  );
  const sum = (of: (progress: Progress) => number) => all.reduce((n, each) => n + of(each), 0);
  return {
    steps: new Map(steps),
    counts: {
      total: sum(({ counts }) => counts.total),
      cached: sum(({ counts }) => counts.cached),
      ran: sum(({ counts }) => counts.ran),
    },
    contextBytes: sum(({ contextBytes }) => contextBytes),
  };
}
