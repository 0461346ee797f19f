import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuildResult, build, buildExitCode, openProject } from '../../src/api/index.js';
import { auditCodes, type Diagnostic, formatDiagnostics } from '../../src/diagnostics/index.js';
import { hasEngine } from '../engine/local-engine.js';
import { buildContexts, engineBuilder } from '../examples/stand-ins.js';
import { brokenProject } from './broken-project.js';

const today = new Date('2026-01-01');

/** What is told of each function of the project, in this order: weights and codes. */
const told: Readonly<Record<string, readonly string[]>> = {
  'no-module': ['error handler-not-found'],
  'other-case': ['error handler-not-found'],
  'other-folder': ['error handler-not-found'],
  'no-function': ['error handler-undefined'],
  coroutine: ['error unfit-handler'],
  'one-argument': ['error unfit-handler'],
  'no-python': ['error syntax-error'],
  'other-processor': ['warning wrong-architecture'],
  'other-system': ['warning wrong-platform'],
  windows: ['warning wrong-platform'],
  alpine: ['warning wrong-platform'],
  'other-python': ['warning wrong-abi'],
  'bare-processor': ['warning wrong-architecture'],
  'bare-system': ['warning wrong-platform'],
  'bare-python': ['warning wrong-abi'],
  'newer-glibc': ['warning symbol-version'],
  'missing-library': ['warning missing-library'],
  'with-layer': [],
  'with-elsewhere': ['notice missing-library'],
  'outside-rpath': ['warning outside-rpath'],
  'shadows-python': ['warning shadowed-module'],
  'shadows-runtime': ['warning shadowed-runtime'],
  'replaces-package': ['warning replaced-file'],
  'other-letters': ['warning case-clash'],
  secrets: ['warning secret-file'],
  'too-large': ['error zip-too-large'],
  'too-large-unzipped': ['error unzipped-too-large'],
  'with-layers': ['error unzipped-too-large'],
  'six-layers': ['error too-many-layers'],
  'four-layers': ['warning near-limit'],
  meant: [],
};

describe.runIf(hasEngine)('a zip that cannot work, built for real', () => {
  let result: BuildResult;
  let project: Awaited<ReturnType<typeof brokenProject>>;
  const buildAll = async () =>
    build(await openProject({ cwd: project.folder, today }), {
      engine: 'docker',
      units: [],
      namedContexts: await buildContexts(['python3.11']),
      builders: [await engineBuilder()],
      environment: process.env,
      noCache: false,
    });
  beforeAll(async () => {
    project = await brokenProject();
    result = await buildAll();
  });
  afterAll(() => project.remove());

  const auditOf = (name: string): readonly Diagnostic[] =>
    [...result.audit].find(([unit]) => unit.name === name)?.[1] ?? [];

  test('is one of those in the table', () => {
    const functions = result.units.flatMap(({ unit }) =>
      unit.kind === 'function' ? unit.name : [],
    );
    expect(functions).toEqual(Object.keys(told));
  });

  test.each(Object.entries(told))('is caught, with what to do: %s', async (name, expected) => {
    const found = auditOf(name);
    expect(found.map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
    for (const { hint } of found) expect(hint).toBeTruthy();
    await expect(`${formatDiagnostics(found)}\n`).toMatchFileSnapshot(
      `../broken/contents/expected/${name}.txt`,
    );
  });

  test('is there all the same, and the command ends with 1', () => {
    expect(result.units.map(({ kind }) => kind)).not.toContain('failed');
    expect(buildExitCode(result)).toBe(1);
  });

  test('shows every code of the audit', () => {
    const codes = new Set(
      Object.values(told)
        .flat()
        .map((one) => one.split(' ')[1]),
    );
    expect([...codes].sort()).toEqual([...auditCodes].sort());
  });

  test('is told of again when nothing is built anew', async () => {
    const again = await buildAll();
    expect(new Set(again.units.map(({ kind }) => kind))).toEqual(new Set(['unchanged']));
    expect(formatDiagnostics(again.findings)).toBe(formatDiagnostics(result.findings));
  });

  test('gives away nothing of a secret', () => {
    const text = JSON.stringify([...result.audit.values(), ...result.findings, result.units]);
    expect(text).not.toMatch(/not-a-secret|MIG/);
  });
});
