import { describe, expect, test } from 'vitest';
import { createLogLines } from '../../src/engine/log-lines.js';
import type { SolveEvent, VertexEvent } from '../../src/engine/solve-event.js';

function lines(...events: readonly Partial<SolveEvent>[]): readonly string[] {
  const said: string[] = [];
  const tell = createLogLines((line) => said.push(line));
  for (const event of events) tell([{ vertexes: [], statuses: [], logs: [], ...event }]);
  return said;
}

const step = (more: Partial<VertexEvent> = {}): VertexEvent => ({
  digest: 'a',
  name: '[deps-1 2/3] RUN pip install',
  started: undefined,
  completed: undefined,
  cached: false,
  error: undefined,
  ...more,
});
const log = (text: string) => ({ logs: [{ vertex: 'a', data: Buffer.from(text) }] });

describe('the lines of a solve', () => {
  test('tell when a step begins, what it prints and how it ends', () => {
    expect(
      lines(
        { vertexes: [step()] },
        { vertexes: [step({ started: 1000 })] },
        log('Collecting six\nDownl'),
        log('oading\r100%\nno newline'),
        { vertexes: [step({ started: 1000, completed: 3500 })] },
        { vertexes: [step({ started: 1000, completed: 3500 })] },
      ),
    ).toEqual([
      '[deps-1 2/3] RUN pip install',
      '[deps-1 2/3] Collecting six',
      '[deps-1 2/3] 100%',
      '[deps-1 2/3] no newline',
      '[deps-1 2/3] done in 2.5 s',
    ]);
  });

  test('are all told, however many come at once, and none can move the cursor', () => {
    const many = Array.from({ length: 500 }, (_, index) => `line ${index}\n`).join('');
    const said = lines({ vertexes: [step({ started: 1 })] }, log(`\u001b[2Jclear\n${many}`));
    expect(said).toHaveLength(502);
    expect(said[1]).toBe('[deps-1 2/3] clear');
    expect(said.at(-1)).toBe('[deps-1 2/3] line 499');
  });

  test('tell what came from the cache, what failed, and the work of the engine itself', () => {
    expect(
      lines(
        { vertexes: [step({ cached: true, started: 1, completed: 1 })] },
        { vertexes: [step({ digest: 'b', name: '[internal] load build context', started: 1 })] },
        { vertexes: [step({ digest: 'b', name: '', started: 1, completed: 1, error: 'no such' })] },
      ),
    ).toEqual([
      '[deps-1 2/3] RUN pip install',
      '[deps-1 2/3] from the cache',
      '[internal] load build context',
      '[internal] load build context failed: no such',
    ]);
  });
});
