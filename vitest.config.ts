import { defineConfig } from 'vitest/config';

// oxlint-disable-next-line import/no-default-export -- Vitest reads the default export.
export default defineConfig({
  test: {
    include: ['{protocol,client,cluster,server,web,simulation,tests,bench,tools}/**/*.test.{ts,tsx,js}'],
    environment: 'node',
    // One Postgres for the whole run; createTestDatabase (tests/support/test-database.ts) clones a database from it.
    globalSetup: ['tests/support/postgres-setup.ts'],
    // Processes, since argon2 and sharp are native; two, since the database works beside them.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 15_000,
    hookTimeout: 30_000,
    teardownTimeout: 60_000,
    // A busy machine is slow, not broken.
    expect: { poll: { timeout: 10_000, interval: 50 } },
  },
});
