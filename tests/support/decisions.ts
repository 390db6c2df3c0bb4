/** Deciding who is told of something, run by hand: for worlds in which nothing happens by itself. */
import { findReaderLags, readOn } from '@confab/server/delivery/readers';
import type { Caller } from '@confab/server/kit/caller';
import { sql } from '@confab/server/kit/sql';
import { type createNotifications, decideBatch } from '@confab/server/notifications/index';
import type { Preferences } from '@confab/protocol';
import { expect, vi } from 'vitest';

export function createDecisions(deps: Parameters<typeof createNotifications>[0]) {
  const { database, clock, logbook } = deps;
  const reading = {
    name: 'notifications',
    database,
    clock,
    logbook,
    handle: (...batch: Parameters<typeof decideBatch> extends [unknown, ...infer Rest] ? Rest : never) =>
      decideBatch(deps, ...batch),
  };
  return {
    reading,
    /** A transaction of any database of the server that is still open holds readers back. */
    decideAll: (): Promise<void> =>
      vi.waitFor(
        async () => {
          await readOn(reading);
          const lags = await findReaderLags(database, clock.now() + 1);
          expect(lags.find(({ name }) => name === reading.name)?.lagMs).toBe(0);
        },
        { timeout: 30_000, interval: 20 },
      ),
    /** As chosen in the settings. */
    async prefer({ userId }: Caller, preferences: Partial<Preferences>): Promise<void> {
      await database.rows(
        sql`update users set preferences = ${JSON.stringify(preferences)}::jsonb where id = ${userId}`,
      );
    },
  };
}
