import { readConfig, type Flags } from '../config.ts';
import { openLog } from '../main.ts';
import { openStorage } from '../open-storage.ts';
import { systemClock } from '../platform/clock/index.ts';
import { rebuildIndex } from '../search/index.ts';

/** Between two lines of progress. */
const tellEveryMs = 2_000;

/**
 * Fills the search index from the newest message to the oldest; a running node helps along.
 * @param tell hears how many messages are done.
 * @returns how many there are
 */
export async function runSearchRebuild(flags: Flags, tell: (line: string) => void): Promise<number> {
  const config = readConfig(flags);
  const log = openLog({ ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel });
  const storage = await openStorage({ config, log, purpose: 'confab search rebuild', beside: true });
  try {
    let done = 0;
    let toldAt = systemClock.now();
    await rebuildIndex({ database: storage.database, clock: systemClock }, ({ filled, about, isDone }) => {
      done = filled;
      if (isDone || systemClock.now() - toldAt < tellEveryMs) return;
      toldAt = systemClock.now();
      tell(about === null || about < filled ? `${filled} messages` : `${filled} of about ${about} messages`);
    });
    return done;
  } finally {
    await storage.close();
  }
}
