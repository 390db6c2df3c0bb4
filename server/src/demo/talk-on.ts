/** A few people of the demo go on talking, slowly enough to follow. */
import type { Handlers } from '../kit/handlers.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Clock, Timer } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Random } from '../platform/random/index.ts';
import { asideTalk } from './aside-talk.ts';
import { createDeck, readExchange, type StoryLine } from './story-lines.ts';
import { demoPeople } from './people.ts';
import type { Demo } from './tell-story.ts';
import { workTalk } from './work-talk.ts';
import { awakeHours, createWorkingHours } from './working-hours.ts';

const pauseMs = { shortest: 6_000, longest: 30_000 };
const typingMs = 2_500;
const reactingMs = 1_500;

/** What somebody is about to do, and where the thread is that they may answer in. */
interface Talk {
  readonly roomId: string;
  readonly lines: StoryLine[];
  root: string | null;
  last: string | null;
}

/** @returns the way to make them stop. */
export function talkOn(deps: {
  handlers: Handlers;
  demo: Demo;
  clock: Clock;
  random: Random;
  log: Log;
}): () => void {
  const { handlers, demo, clock, random, log } = deps;
  const nextExchange = createExchanges(deps);
  let timer: Timer | null = null;
  let talk: Talk | null = null;
  let stopped = false;

  function later(delayMs: number, work: () => Promise<void>): void {
    if (stopped) return;
    timer = clock.after(delayMs, () => {
      work().catch((error: unknown) => {
        // Who looks at the demo may have archived a room, or sent somebody away.
        if (!(error instanceof Refusal)) log.warn('a person of the demo lost their voice', { error });
        talk = null;
        next();
      });
    });
  }

  function next(): void {
    const line = talk?.lines.shift();
    const { shortest, longest } = pauseMs;
    const pause = shortest + random.fraction() * (longest - shortest);
    if (!talk || !line) {
      return later(pause, async () => {
        talk = nextExchange();
        next();
      });
    }
    const current = talk;
    if (line.kind === 'react') return later(reactingMs, () => react(current, line));
    later(pause / 3, async () => {
      const caller = demo.callers.get(line.handle);
      if (!caller) return next();
      await handlers['typing.set'](caller, { roomId: current.roomId });
      later(typingMs, () => say(current, line));
    });
  }

  async function say(current: Talk, line: Extract<StoryLine, { kind: 'say' }>): Promise<void> {
    const caller = demo.callers.get(line.handle);
    if (caller) {
      const { messageId } = await handlers['message.send'](caller, {
        roomId: current.roomId,
        clientId: random.id(),
        text: line.text,
        threadId: line.isReply ? current.root : null,
      });
      current.last = messageId;
      if (!line.isReply) current.root = messageId;
    }
    next();
  }

  async function react(current: Talk, line: Extract<StoryLine, { kind: 'react' }>): Promise<void> {
    const messageId = current.last;
    const { emoji } = line;
    for (const handle of line.handles) {
      const caller = demo.callers.get(handle);
      if (messageId !== null && caller && handle !== 'ada')
        await handlers['reaction.add'](caller, { messageId, emoji });
    }
    next();
  }

  next();
  return () => {
    stopped = true;
    timer?.cancel();
  };
}

/** Exchanges in which the visitor's own person has no part; preferably of people who are awake. */
function createExchanges(deps: { demo: Demo; clock: Clock; random: Random }): () => Talk | null {
  const { demo, clock, random } = deps;
  const hours = createWorkingHours();
  const exchanges = Object.entries({ ...workTalk, ...asideTalk }).flatMap(([room, texts]) =>
    demo.rooms.has(room)
      ? texts.filter((text) => !/^(> )?ada: /m.test(text)).map((text) => ({ room, text }))
      : [],
  );
  const deal = createDeck(random, exchanges);

  function areAwake(text: string): boolean {
    const speakers = [...text.matchAll(/^(?:> )?(\w+): /gm)].map(([, handle]) => handle);
    return demoPeople
      .filter(({ handle }) => speakers.includes(handle))
      .every(({ timeZone }) => hours.isWithin(timeZone, clock.now(), awakeHours));
  }

  return () => {
    if (exchanges.length === 0) return null;
    let exchange = deal();
    for (let tries = 0; tries < exchanges.length && !areAwake(exchange.text); tries += 1) exchange = deal();
    const frame = 92 + Math.floor(random.fraction() * 9);
    const lines = readExchange(exchange.text, { random, frame });
    return { roomId: demo.rooms.get(exchange.room) ?? '', lines, root: null, last: null };
  };
}
