import { createNode } from '../app.ts';
import { filesPlace, outboundSettings, readConfig, type Config, type Flags } from '../config.ts';
import { openStorage } from '../open-storage.ts';
import { systemClock } from '../platform/clock/index.ts';
import { createSharpImages } from '../platform/images/index.ts';
import { openObjects } from '../platform/objects/index.ts';
import { createUndiciOutbound } from '../platform/outbound/index.ts';
import { createArgon2Passwords } from '../platform/passwords/index.ts';
import { systemRandom } from '../platform/random/index.ts';
import { createStillVitals } from '../platform/vitals/index.ts';
import { openLog } from '../main.ts';
import { programVersion } from '../program.ts';
import { createAdministration, type Administration } from './administration.ts';

/**
 * Opens the database (the running node's, DATABASE_URL's, or the embedded one for the moment), does the work, and
 * closes it again.
 * @param purpose the command, for whoever finds the data folder in use.
 */
export async function withAdministration(
  flags: Flags,
  purpose: string,
  work: (administration: Administration, config: Config) => Promise<void>,
): Promise<void> {
  const config = readConfig(flags);
  // What a command has to say it says itself; only trouble is worth a line besides.
  const log = openLog({ ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel });
  const storage = await openStorage({ config, log, purpose, beside: true });
  try {
    const { database, bus } = storage;
    const platform = {
      clock: systemClock,
      random: systemRandom,
      log,
      database,
      bus,
      passwords: createArgon2Passwords(),
      images: createSharpImages(),
      objects: openObjects(filesPlace(config), systemClock),
      vitals: createStillVitals(),
      outbound: createUndiciOutbound({ ...outboundSettings(config), clock: systemClock }),
    };
    const node = await createNode(platform, { ...config, version: programVersion() });
    try {
      await work(createAdministration(node, systemRandom), config);
    } finally {
      await node.close();
    }
  } finally {
    await storage.close();
  }
}
