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
  },
});
