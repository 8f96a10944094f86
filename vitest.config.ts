import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'server/src/**/*.test.ts',
      'extension/src/**/*.test.ts',
      'webviews/**/*.test.ts',
      'test/unit/**/*.test.ts',
    ],
    testTimeout: 60_000,
    // No module keeps state (an invariant of ours), so files share a worker: that halves the time of the suite.
    isolate: false,
  },
});
