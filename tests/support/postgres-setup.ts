import type { PostgresAddress } from '@confab/server/platform/postgres/index';
import type { TestProject } from 'vitest/node';
import { startTestPostgres } from './postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: PostgresAddress;
  }
}

/** Vitest's global setup: one Postgres for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  project.provide('postgres', postgres.address);
  return () => postgres.stop();
}
