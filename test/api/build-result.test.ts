import { expect, test } from 'vitest';
import { type BuildResult, buildExitCode } from '../../src/api/index.js';
import type { Severity } from '../../src/diagnostics/index.js';
import { fn } from '../audit/zips.js';

function result(severities: readonly Severity[], exitCodes: readonly (1 | 75)[] = []): BuildResult {
  const { unit } = fn('a');
  const diagnostic = { code: 'step-failed', severity: 'error', message: 'no' } as const;
  return {
    units: exitCodes.map((exitCode) => ({ kind: 'failed', unit, diagnostic, exitCode })),
    findings: severities.map((severity) => ({ code: 'near-limit', severity, message: 'so' })),
    audit: new Map(),
    report: 'dist/artifacts.json',
  };
}

test('a finding ends a build with 1 when it is an error, and only then', () => {
  expect(buildExitCode(result([]))).toBe(0);
  expect(buildExitCode(result(['warning', 'notice']))).toBe(0);
  expect(buildExitCode(result(['warning', 'error']))).toBe(1);
});

test('a build that may be tried again says so only when nothing else is wrong', () => {
  expect(buildExitCode(result(['warning'], [75, 75]))).toBe(75);
  expect(buildExitCode(result(['error'], [75]))).toBe(1);
  expect(buildExitCode(result([], [1, 75]))).toBe(1);
});
