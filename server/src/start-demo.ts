import { createNode, type NodeSettings, type Platform } from './app.ts';
import { demoDomain, demoPassword, demoPeople, fillDemo, findDemo, talkOn, type Demo } from './demo/index.ts';
import { createMemoryBus } from './platform/bus/index.ts';
import type { Clock } from './platform/clock/index.ts';
import type { Handlers } from './kit/handlers.ts';

export interface RunningDemo {
  /** How to get in; null in a workspace that is not the demo's. */
  readonly hint: string | null;
  talkOn(handlers: Handlers): void;
  stop(): void;
}

/** Fills the database with the demo if nobody is there yet, or finds the demo there. Its people talk on. */
export async function startDemo(platform: Platform, settings: NodeSettings): Promise<RunningDemo> {
  const demo = await open(platform, settings);
  const [first] = demoPeople;
  let quiet: (() => void) | null = null;
  return {
    hint: demo && `The demo: sign in as ${first?.handle}@${demoDomain} with the password ${demoPassword}`,
    talkOn(handlers) {
      if (demo !== null) quiet = talkOn({ ...platform, handlers, demo });
    },
    stop: () => quiet?.(),
  };
}

/** A node of its own tells the story, since its clock stands where the story is. */
async function open(platform: Platform, settings: NodeSettings): Promise<Demo | null> {
  const { clock, random, log } = platform;
  const now = clock.now();
  let storyTime = now;
  const storyClock: Clock = { ...clock, now: () => storyTime };
  const node = await createNode({ ...platform, clock: storyClock, bus: createMemoryBus({ log }) }, settings);
  try {
    const nobody = { address: '127.0.0.1', userAgent: 'confab', startSession() {}, endSession() {} };
    const { setUp } = await node.handlers['workspace.about'](nobody, {});
    if (setUp) return await findDemo(node.handlers);
    return await fillDemo({ handlers: node.handlers, random, now, moveTo: (at) => (storyTime = at) });
  } finally {
    await node.close();
  }
}
