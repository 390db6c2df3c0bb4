import { isDeepStrictEqual } from 'node:util';
import { filesPlace, readConfig } from '../config.ts';
import { openLog } from '../main.ts';
import { openStorage } from '../open-storage.ts';
import { systemClock } from '../platform/clock/index.ts';
import { openObjects, placeExpected, readPlace } from '../platform/objects/index.ts';
import { Problem } from '../platform/problem.ts';
import { moveFiles } from '../transfer/index.ts';
import type { Surroundings } from './flags.ts';

/** Between two lines of progress. */
const tellEveryMs = 2_000;
/** Of keys that are named one by one. */
const namedMax = 20;

/** @param to a place as CONFAB_FILES has it */
export async function runMoveFiles({ flags, output }: Surroundings, to: string): Promise<void> {
  const config = readConfig(flags);
  const [from, target] = [filesPlace(config), readPlace(to)];
  if (target === undefined) throw new Problem(`With --files, --to should be ${placeExpected}.`);
  if (isDeepStrictEqual(from, target)) throw new Problem('Files are kept there already.');
  const log = openLog({ ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel });
  const storage = await openStorage({ config, log, purpose: 'confab move --files', beside: true });
  try {
    let done = 0;
    let toldAt = systemClock.now();
    const moved = await moveFiles({
      database: storage.database,
      source: openObjects(from, systemClock),
      target: openObjects(target, systemClock),
      onObject() {
        done += 1;
        if (systemClock.now() - toldAt < tellEveryMs) return;
        toldAt = systemClock.now();
        process.stderr.write(`${done} objects\n`);
      },
    });
    const { copied, present, bytes } = moved;
    output.record(
      { ...moved },
      `Copied and compared ${copied} objects (${bytes} bytes); ${present} were there already.`,
    );
    const lost = [...moved.missing, ...moved.damaged];
    if (lost.length > 0)
      throw new Problem(
        `${moved.missing.length} objects are missing and ${moved.damaged.length} differ from what the database knows: ${lost.slice(0, namedMax).join(', ')}.`,
      );
  } finally {
    await storage.close();
  }
}
