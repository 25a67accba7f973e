import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (file: string) => fileURLToPath(new URL(`./src/${file}`, import.meta.url));
const slow = 'test/**/*.slow.test.ts';

// Days are whole numbers in no time zone: what touches dates must hold wherever it runs, also where
// the clock is turned back, is half an hour off, or once left out a day (Apia, 30 December 2011).
const dated = [
  'test/base/calendar.test.ts',
  'test/book/*.test.ts',
  'test/cli/input.test.ts',
  'test/indicators/*.test.ts',
  'test/laws/laws.test.ts',
];
const zones = ['Asia/Kolkata', 'Pacific/Apia'];

/** `npm test` leaves out what is slow; `npm run test:all` (mode all) runs everything. */
export default defineConfig(({ mode }) => {
  const all = mode === 'all';
  const project = (name: string, zone: string, include: readonly string[]) => ({
    extends: true as const,
    test: {
      name,
      include: [...include],
      exclude: all ? [] : [slow],
      env: { TZ: zone, ...(all && { TEST_ALL: '1' }) },
    },
  });
  return {
    resolve: {
      alias: [
        { find: /^bookgrade\/(\w+)$/, replacement: source('$1.ts') },
        { find: /^bookgrade$/, replacement: source('index.ts') },
      ],
    },
    test: {
      expect: { requireAssertions: true },
      testTimeout: 120_000,
      // Tests change nothing that others see, so that a worker loads the sources once.
      isolate: false,
      maxWorkers: 2,
      setupFiles: ['test/support/seed.ts'],
      projects: [
        project('all', 'America/Los_Angeles', ['test/**/*.test.ts']),
        ...zones.map((zone) => project(zone, zone, dated)),
      ],
      coverage: {
        include: ['src/**/*.ts'],
        reporter: ['text-summary', 'text'],
        thresholds: { lines: 95, functions: 95, branches: 90, statements: 95 },
      },
    },
  };
});
