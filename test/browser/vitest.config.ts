import { defineConfig } from 'vitest/config';

/** A whole editor and real pipelines: one file after another, one test after another. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
