import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (file: string) => fileURLToPath(new URL(`./src/${file}`, import.meta.url));
const inZone = (zone: string) => ({
  extends: true as const,
  test: { name: zone, env: { TZ: zone } },
});

export default defineConfig({
  resolve: {
    alias: [
      { find: /^bookgrade\/(\w+)$/, replacement: source('$1.ts') },
      { find: /^bookgrade$/, replacement: source('index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    expect: { requireAssertions: true },
    testTimeout: 120_000,
    setupFiles: ['test/support/seed.ts'],
    // Days are whole numbers in no time zone: everything must hold wherever it runs, also where the
    // clock is turned back, is half an hour off, or once left out a day (Apia, 30 December 2011).
    projects: ['America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Apia'].map(inZone),
    coverage: {
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'text'],
      thresholds: { lines: 95, functions: 95, branches: 90, statements: 95 },
    },
  },
});
