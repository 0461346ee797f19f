import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Most of them wait for the engine or for pip; vitest would leave a core of few to itself.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // No test is about time; these only end what hangs, on a slow machine too.
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});
