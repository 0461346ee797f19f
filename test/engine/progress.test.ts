import { expect, test } from 'vitest';
import { logLines } from '../../src/engine/log-tail.js';
import {
  instructionOf,
  noProgress,
  type Progress,
  reduceProgress,
  runningSteps,
} from '../../src/engine/progress.js';
import { readSolveEvent } from '../../src/engine/solve-event.js';
import { recorded, replay } from './recorded.js';

function after(...messages: unknown[]): Progress {
  return messages.reduce<Progress>((model, message) => {
    const event = readSolveEvent(message);
    return reduceProgress(model, event === undefined ? [] : [event]);
  }, noProgress);
}

const began = '2026-11-21T09:00:00.123456789Z';
const ended = '2026-11-21T09:00:02Z';
const vertex = (name: string, more: object = {}) => ({ digest: name, name, ...more });
const nameless = { digest: 'x', name: '' };

test('a recorded solve gives its steps, their stages and their logs', () => {
  const { progress } = replay(recorded('run-failing'));
  const steps = [...progress.steps.values()];
  const failed = steps.find(({ error }) => error !== undefined);
  expect(failed).toMatchObject({ stage: 'deps-1', counted: true, cached: false });
  expect(failed && logLines(failed.log)).toEqual([
    'Collecting x',
    'ERROR: No matching distribution found for x',
  ]);
  expect(progress.counts).toEqual({ total: 3, cached: 1, ran: 0 });
});

test('the bytes sent are those of the build context alone', () => {
  const { progress } = replay(recorded('copy-missing'));
  expect(progress.contextBytes).toBe(26);
});

test.each([
  ['[deps-1 2/3] RUN pip', 'deps-1', 'RUN pip'],
  ['[my.stage_2  1/12] FROM x', 'my.stage_2', 'FROM x'],
  ['[2/3] COPY [a, b] /', undefined, 'COPY [a, b] /'],
  ['[linux/arm64 deps 2/3] RUN x', 'deps', 'RUN x'],
  ['[linux/arm64  2/13] RUN x', undefined, 'RUN x'],
  ['[stage-0 1/1] COPY [1/1] x', 'stage-0', 'COPY [1/1] x'],
])('%s is of the stage %s', (name, stage, instruction) => {
  const [step] = after({ vertexes: [vertex(name)] }).steps.values();
  expect(step).toMatchObject({ stage, counted: true });
  expect(step && instructionOf(step)).toBe(instruction);
});

test.each([
  '[internal] load build context',
  'exporting to client tarball',
  '[auth] pull',
  '[x] y',
])('%s is no instruction and is not counted', (name) => {
  const model = after({ vertexes: [vertex(name, { started: began, completed: ended })] });
  expect([...model.steps.values()]).toMatchObject([{ stage: undefined, counted: false }]);
  expect(model.counts.total).toBe(0);
});

test('steps are counted as known, cached and run', () => {
  const model = after({
    vertexes: [
      vertex('[a 1/4] FROM x', { started: began, completed: ended, cached: true }),
      vertex('[a 2/4] RUN one', { started: began, completed: ended }),
      vertex('[a 3/4] RUN two', { started: began }),
      vertex('[a 4/4] RUN three', { started: began, completed: ended, error: 'no' }),
    ],
  });
  expect(model.counts).toEqual({ total: 4, cached: 1, ran: 1 });
  expect(runningSteps(model).map(({ name }) => name)).toEqual(['[a 3/4] RUN two']);
});

test('a step that is started again runs again, and keeps its log', () => {
  const model = after(
    { vertexes: [vertex('[a 1/1] RUN x', { started: began, completed: ended })] },
    { logs: [{ vertex: '[a 1/1] RUN x', data: Buffer.from('hello\n').toString('base64') }] },
    { vertexes: [vertex('[a 1/1] RUN x', { started: ended })] },
  );
  const [step] = runningSteps(model);
  expect(step?.started).toBe(Date.parse(ended));
  expect(step && logLines(step.log)).toEqual(['hello']);
});

test('a message without a name keeps the name, and one about an unknown step is ignored', () => {
  const model = after(
    { vertexes: [{ digest: 'x', name: '[a 1/1] RUN x' }] },
    { vertexes: [nameless], logs: [{ vertex: 'y', data: 'aGk=' }], statuses: [{ vertex: 'y' }] },
  );
  expect([...model.steps.values()].map(({ name }) => name)).toEqual(['[a 1/1] RUN x']);
});

test('the model before stays as it was, and nothing new gives the same model', () => {
  const before = after({ vertexes: [vertex('[a 1/1] RUN x')] });
  const copy = structuredClone([...before.steps]);
  const event = readSolveEvent({ vertexes: [vertex('[a 1/1] RUN x', { started: began })] });
  expect(event && reduceProgress(before, [event])).not.toBe(before);
  expect([...before.steps]).toEqual(copy);
  expect(reduceProgress(before, [])).toBe(before);
});

test('a thousand units are reduced in well under a second', () => {
  const events = Array.from({ length: 12_000 }, (_, at) =>
    readSolveEvent({ vertexes: [vertex(`[unit-${at % 1000} ${at % 4}/4] RUN x`)] }),
  ).flatMap((event) => event ?? []);
  const started = performance.now();
  let model = noProgress;
  for (let at = 0; at < events.length; at += 50) {
    model = reduceProgress(model, events.slice(at, at + 50));
  }
  expect(model.counts.total).toBe(1000);
  expect(performance.now() - started).toBeLessThan(1000);
});
