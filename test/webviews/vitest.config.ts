import { defineConfig } from 'vitest/config';

/** The built panels in a browser of their own, without an editor. */
export default defineConfig({
  test: {
    include: ['test/webviews/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
