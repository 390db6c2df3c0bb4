import { createMemoryBus, type MemoryWire } from '@confab/server/platform/bus/index';
import { systemClock } from '@confab/server/platform/clock/index';
import { createSharpImages } from '@confab/server/platform/images/index';
import { createMemoryLog } from '@confab/server/platform/log/index';
import { createMemoryObjects } from '@confab/server/platform/objects/index';
import { createMemoryOutbound } from '@confab/server/platform/outbound/index';
import { createQuickPasswords } from '@confab/server/platform/passwords/quick';
import type { Database } from '@confab/server/platform/postgres/index';
import { systemRandom } from '@confab/server/platform/random/index';
import { createStillVitals } from '@confab/server/platform/vitals/index';
import type { AppSettings, Platform } from '@confab/server/app';

/** The real outside world with quick passwords and a log in memory. Nodes that share `wire` hear each other. */
export function testPlatform(database: Database, wire?: MemoryWire): Platform {
  const log = createMemoryLog();
  return {
    clock: systemClock,
    random: systemRandom,
    log,
    database,
    bus: createMemoryBus({ log, ...(wire ? { wire } : {}) }),
    passwords: createQuickPasswords(),
    images: createSharpImages(),
    objects: createMemoryObjects(),
    vitals: createStillVitals(),
    outbound: createMemoryOutbound(() => ({ status: 404 })),
  };
}

/** Settings under which nothing gets in a test's way. */
export const testSettings: AppSettings = {
  version: '0.0.0-test',
  nodeName: 'test',
  publicUrl: null,
  eventRetentionDays: 30,
  callsPerMinute: 1_000_000,
  sendsPerMinute: 1_000_000,
  fileMegabytesMax: 100,
  fileMegabytesPerPerson: 0,
  previews: false,
  pushMode: 'off',
  mailSummaries: 'on',
  replyAddress: null,
  repliesAt: { host: '127.0.0.1', port: 0 },
  trustedProxies: [],
  pageFolder: null,
};
