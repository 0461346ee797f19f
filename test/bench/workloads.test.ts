import { expect, test } from 'vitest';
import { steps, workloads } from '../../bench/workloads.mjs';

/** What each tool of the benchmark begins with. */
const fresh = () => Object.entries(workloads).map(([name, make]) => [name, make()] as const);

test('a tool that changes its project changes no other’s', () => {
  const before = JSON.stringify(fresh());
  for (const [, workload] of fresh()) {
    for (const { change } of Object.values(steps)) change?.(workload, 'mark');
    workload.layer?.requirements.push('# mark');
    for (const { own, shared } of workload.functions) {
      own.push('# mark');
      shared.push('# mark');
    }
  }
  expect(JSON.stringify(fresh())).toBe(before);
});

test('a step changes each function once', () => {
  const workload = workloads.fourteen?.();
  if (workload === undefined) throw new Error('no such workload');
  steps['required-globally']?.change?.(workload, 'mark');
  for (const { shared } of workload.functions) {
    expect(shared.filter((line) => line.startsWith('certifi'))).toHaveLength(1);
  }
});
