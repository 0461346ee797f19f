import { readable, splitLog } from './log-tail.js';
import type { SolveEvent, VertexEvent } from './solve-event.js';

/** A step that is told of, and the bytes that it has printed after its last whole line. */
interface Told {
  readonly name: string;
  readonly isEnded: boolean;
  readonly unfinished: Uint8Array;
}

/**
 * Everything a solve does and prints, line by line, each with the step it belongs to: when a step
 * begins, what it prints, and how it ended.
 */
export function createLogLines(
  say: (line: string) => void,
): (events: readonly SolveEvent[]) => void {
  const steps = new Map<string, Told>();
  const take = (vertex: VertexEvent) => {
    const { digest, started, completed, cached, error } = vertex;
    const before = steps.get(digest);
    const name = vertex.name === '' ? (before?.name ?? '') : vertex.name;
    if (before === undefined && started === undefined && !cached) return;
    if (before === undefined) say(name);
    const isEnded = cached || completed !== undefined || error !== undefined;
    const unfinished = before?.unfinished ?? new Uint8Array(0);
    if (isEnded && before?.isEnded !== true) {
      const rest = readable(Buffer.from(unfinished).toString('utf8'));
      if (rest !== '') say(`${placeOf(name)} ${rest}`);
      say(`${placeOf(name)} ${endOf(vertex)}`);
    }
    steps.set(digest, { name, isEnded, unfinished });
  };
  return (events) => {
    for (const { vertexes, logs } of events) {
      for (const vertex of vertexes) take(vertex);
      for (const { vertex, data } of logs) {
        const step = steps.get(vertex);
        if (step === undefined) continue;
        const { ended, unfinished } = splitLog(step.unfinished, data);
        for (const line of ended) say(`${placeOf(step.name)} ${readable(line)}`);
        steps.set(vertex, { ...step, unfinished });
      }
    }
  };
}

/** `[deps-1 2/3]` of an instruction, the whole name of the engine's own work. */
function placeOf(name: string): string {
  return /^\[[^\]]*\d+\/\d+\]/.exec(name)?.[0] ?? name;
}

function endOf({ cached, error, started, completed }: VertexEvent): string {
  if (cached) return 'from the cache';
  if (error !== undefined) return `failed: ${error}`;
  const seconds = ((completed ?? 0) - (started ?? completed ?? 0)) / 1000;
  return `done in ${seconds.toFixed(1)} s`;
}
