import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', 'test/clients/**', '**/node_modules/**'],
    // All cores: the default leaves one idle, and of two that is half the machine.
    maxWorkers: '100%',
    testTimeout: 60_000,
  },
});
