import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuildResult, build, openProject } from '../../src/api/index.js';
import { formatDiagnostics } from '../../src/diagnostics/index.js';
import { hasEngine } from '../engine/local-engine.js';
import { invoke } from '../examples/invoke.js';
import { copyOf, engineOptions } from './verified.js';

const PASSING = join(import.meta.dirname, 'passing');
const MINUTE = 60_000;

/** What each function returns for its event. */
const events: Readonly<Record<string, readonly [event: unknown, returned: unknown]>> = {
  deep: [{ name: 'Ada' }, 'Hello, Ada'],
  configured: [{ name: 'Ada' }, ['orders', 'Ada']],
  optional: [{ name: 'Ada' }, '{"name": "Ada"}'],
  later: [{ name: 'Ada' }, 'Good day, Ada'],
  scratch: [{}, '/tmp'],
  compiled: [{ number: 21 }, 42],
  'layered-library': [{ number: 21 }, 42],
  sourceless: [{ name: 'Ada' }, 'Hello, Ada'],
  pruned: [{ name: 'Ada' }, 'Ada'],
};

describe.runIf(hasEngine)('a function that passes', { timeout: 10 * MINUTE }, () => {
  let result: BuildResult | undefined;
  let folder = '';
  let remove: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const copy = await copyOf(PASSING);
    folder = copy.folder;
    remove = copy.remove;
    const open = await openProject({ cwd: folder, today: new Date('2026-01-01') });
    const options = { ...(await engineOptions(['python3.11'])), units: [], verify: true };
    result = await build(open, { engine: 'docker', ...options });
  }, 10 * MINUTE);
  afterAll(() => remove?.());

  const unitsOf = (kind: 'function' | 'layer') =>
    (result?.units ?? []).filter(({ unit }) => unit.kind === kind).map(({ unit }) => unit);

  test('has nothing to be told of', () => {
    const verdicts = result?.verdicts ?? [];
    const told = verdicts.flatMap(({ diagnostics }) => diagnostics);
    expect(formatDiagnostics(told)).toBe('');
    expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(['passed']));
    expect(unitsOf('function').map(({ name }) => name)).toEqual(Object.keys(events));
  });

  test.each(Object.entries(events))('is called with success: %s', async (name, [event, value]) => {
    const unit = unitsOf('function').find((each) => each.name === name);
    if (unit === undefined) throw new Error(`${name} was not built`);
    const zip = (of: string) => join(folder, 'dist', `${of}.zip`);
    const outcome = await invoke({
      runtime: 'python3.11',
      zip: zip(name),
      layers: unit.layers.flatMap((layer) => (layer.kind === 'unit' ? zip(layer.name) : [])),
      handler: unit.handler ?? '',
      event,
      environment: unit.verify?.environment ?? {},
    });
    expect(outcome).toEqual({ kind: 'returned', value });
  });
});
