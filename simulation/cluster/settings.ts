import type { NodeSettings, Platform } from '@confab/server/app';
import { createMemoryObjects } from '@confab/server/platform/objects/index';
import { createMemoryOutbound } from '@confab/server/platform/outbound/index';
import { createQuickPasswords } from '@confab/server/platform/passwords/quick';
import { createStillVitals } from '@confab/server/platform/vitals/index';

/** The parts of the outside world in which nothing is simulated. */
export const quietPlatform: Pick<Platform, 'passwords' | 'images' | 'objects' | 'vitals' | 'outbound'> = {
  passwords: createQuickPasswords(),
  vitals: createStillVitals(),
  images: { toSquare: () => Promise.resolve(null), toThumbnail: () => Promise.resolve(null) },
  objects: createMemoryObjects(),
  outbound: createMemoryOutbound(() => ({ status: 404 })),
};

export function nodeSettings(nodeName: string): NodeSettings {
  return {
    version: '0.0.0-simulation',
    nodeName,
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
  };
}
