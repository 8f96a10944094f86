import { defineConfig } from 'vitest/config';

/** Real dbt and real Meltano, which keep both cores of a small machine busy: one file after another. */
export default defineConfig({
  test: {
    include: ['test/tools/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
