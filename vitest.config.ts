import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // No test is about time; these only end what hangs, on a slow machine too.
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});
