import { defineConfig } from 'vitest/config';

/** Real dbt, which keeps both cores of a small machine busy: one file after another. */
export default defineConfig({
  test: {
    include: ['test/agreement/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 1_800_000,
  },
});
