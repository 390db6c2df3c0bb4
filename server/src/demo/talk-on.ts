/** A few people of the demo go on talking, slowly enough to follow. */
import type { Clock, Timer } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Random } from '../platform/random/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import { demoRemarks } from './conversations.ts';
import { pick, type Demo } from './fill-demo.ts';
import { demoRooms } from './people.ts';

const pauseMs = { shortest: 6_000, longest: 30_000 };
const typingMs = 2_500;

/** @returns the way to make them stop. */
export function talkOn(deps: {
  handlers: Handlers;
  demo: Demo;
  clock: Clock;
  random: Random;
  log: Log;
}): () => void {
  const { handlers, demo, clock, random, log } = deps;
  let timer: Timer | null = null;
  let stopped = false;

  function later(delayMs: number, work: () => Promise<void>): void {
    timer = clock.after(delayMs, () => {
      work().catch((error: unknown) => {
        log.warn('a person of the demo lost their voice', { error });
        next();
      });
    });
  }

  function next(): void {
    if (stopped) return;
    const { shortest, longest } = pauseMs;
    later(shortest + random.fraction() * (longest - shortest), async () => {
      const name = pick(random, Object.keys(demoRemarks));
      const roomId = demo.rooms.get(name) ?? '';
      const people =
        demoRooms.find((room) => room.name === name)?.people.filter((handle) => handle !== 'ada') ?? [];
      const caller = demo.callers.get(pick(random, people));
      if (!caller) return next();
      if (random.fraction() < 0.3) {
        await reactToLatest(caller.userId, roomId);
        return next();
      }
      await handlers['typing.set'](caller, { roomId });
      later(typingMs, async () => {
        const text = pick(random, demoRemarks[name] ?? []);
        await handlers['message.send'](caller, { roomId, clientId: random.id(), text });
        next();
      });
    });
  }

  async function reactToLatest(userId: string, roomId: string): Promise<void> {
    const caller = [...demo.callers.values()].find((one) => one.userId === userId);
    if (!caller) return;
    const { messages } = await handlers['room.history'](caller, { roomId, limit: 1 });
    const [latest] = messages;
    const emoji = pick(random, ['👍', '❤️', '😂', '🎉', '👀']);
    if (latest && !latest.deletedAt) await handlers['reaction.add'](caller, { messageId: latest.id, emoji });
  }

  next();
  return () => {
    stopped = true;
    timer?.cancel();
  };
}
