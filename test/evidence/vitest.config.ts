import { defineConfig } from 'vitest/config';

/** Real servers and real tools, one file after another. */
export default defineConfig({
  test: {
    include: ['test/evidence/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
