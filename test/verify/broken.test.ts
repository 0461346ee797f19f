import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProject, type Verdict } from '../../src/api/index.js';
import { type Diagnostic, formatDiagnostics } from '../../src/diagnostics/index.js';
import { hasEngine } from '../engine/local-engine.js';
import { copyOf, verifyIn } from './verified.js';

const BROKEN = join(import.meta.dirname, '../broken/imports');
const MINUTE = 60_000;

/** What each function of the project is caught as. */
const codes: Readonly<Record<string, Diagnostic['code']>> = {
  'missing-module': 'missing-module',
  'module-in-layer': 'missing-module',
  'module-elsewhere': 'missing-module',
  'removed-module': 'missing-module',
  'later-import': 'missing-module',
  'missing-metadata': 'missing-metadata',
  circular: 'import-failed',
  'outside-layer': 'missing-module',
  'missing-library': 'missing-library',
  'symbol-version': 'symbol-version',
  'undefined-symbol': 'undefined-symbol',
  'wrong-architecture': 'wrong-architecture',
  'wrong-abi': 'wrong-abi',
  'wrong-system': 'wrong-platform',
  'unfit-library': 'unfit-library',
  'misspelt-module': 'handler-not-found',
  'misspelt-function': 'handler-undefined',
  'no-function': 'unfit-handler',
  'async-function': 'unfit-handler',
  'one-argument': 'unfit-handler',
  'syntax-error': 'syntax-error',
  exception: 'import-failed',
  environment: 'needs-environment',
  'environment-later': 'import-failed',
  network: 'needs-network',
  'writes-beside-itself': 'read-only',
  'shared-memory': 'import-failed',
  exits: 'import-ended',
  'exits-at-once': 'import-ended',
  crashes: 'import-ended',
  'prints-without-end': 'import-ended',
  'other-image': 'wrong-python',
};

test('every broken function is in the table', async () => {
  const { plan } = await openProject({ cwd: BROKEN, today: new Date('2026-01-01') });
  const functions = plan.units.filter(({ kind }) => kind === 'function');
  expect(functions.map(({ name }) => name)).toEqual(Object.keys(codes));
});

describe.runIf(hasEngine)('a function that builds well', { timeout: 10 * MINUTE }, () => {
  let verdicts = new Map<string, Verdict>();
  let remove: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const copy = await copyOf(BROKEN);
    remove = copy.remove;
    const result = await verifyIn(copy.folder, ['python3.11', 'python3.13']);
    if (result.failed.length > 0) {
      throw new Error(formatDiagnostics(result.failed.map(({ diagnostic }) => diagnostic)));
    }
    verdicts = new Map(result.verdicts.map((verdict) => [verdict.unit.name, verdict]));
  }, 10 * MINUTE);
  afterAll(() => remove?.());

  test.each(Object.entries(codes))('and cannot work is caught: %s', async (name, code) => {
    const verdict = verdicts.get(name);
    const status = name === 'outside-layer' ? 'unsure' : 'failed';
    expect(verdict).toMatchObject({ status });
    const [first] = verdict?.diagnostics ?? [];
    expect(first?.code).toBe(code);
    expect(first?.hint).toBeTruthy();
    await expect(told(verdict)).toMatchFileSnapshot(`../broken/imports/expected/${name}.txt`);
  });

  test('is told of in words that no other one has', () => {
    const firsts = [...verdicts.values()].flatMap(({ diagnostics }) => diagnostics.slice(0, 1));
    const withoutNames = firsts.map(({ message }) => message.replace(/"[^"]*"/, ''));
    expect(withoutNames.length).toBe(Object.keys(codes).length);
    expect(new Set(withoutNames).size).toBe(withoutNames.length);
  });

  test('is not condemned with the others: the layer passes', () => {
    expect(verdicts.get('six')).toMatchObject({ status: 'passed', diagnostics: [] });
  });
});

/** As it is printed, without what is another one each time. */
function told(verdict: Verdict | undefined): string {
  const text = formatDiagnostics(verdict?.diagnostics ?? []);
  return `${text.replace(/0x[0-9a-f]+/g, '0x...')}\n`;
}
