import { setTimeout as pause } from 'node:timers/promises';
import { messageText, type Publisher } from '../subjects/subject.ts';

export type Rate = number | 'saturated';

/** How many messages are under way at once where the room takes as many as it can. */
const windowOfEach = 16;
/** A server that is so far behind gets no more than it takes: a connection may have 64 calls under way. */
const behindMax = 60;

/** Starts publishing; the result stops it and waits for what is under way. */
export function publish(publishers: readonly Publisher[], rate: Rate): () => Promise<void> {
  let stopped = false;
  const inFlight = new Set<Promise<void>>();
  const send = (publisher: Publisher): Promise<void> => {
    const sent = publisher.publish(messageText).catch((error: unknown) => {
      if (!stopped) throw error;
    });
    inFlight.add(sent);
    void sent.finally(() => inFlight.delete(sent));
    return sent;
  };
  const saturate = async (publisher: Publisher): Promise<void> => {
    while (!stopped) await send(publisher);
  };
  const keepTime = async (publisher: Publisher, index: number, perSecond: number): Promise<void> => {
    const periodMs = (1_000 * publishers.length) / perSecond;
    const underWay = new Set<Promise<void>>();
    for (let next = performance.now() + (index * periodMs) / publishers.length; ; next += periodMs) {
      await pause(Math.max(0, next - performance.now()));
      while (underWay.size >= behindMax) await Promise.race(underWay);
      if (stopped) return;
      const sent = send(publisher);
      underWay.add(sent);
      void sent.finally(() => underWay.delete(sent));
    }
  };
  const loops = publishers.flatMap((publisher, index) =>
    rate === 'saturated'
      ? Array.from({ length: windowOfEach }, () => saturate(publisher))
      : [keepTime(publisher, index, rate)],
  );
  return async () => {
    stopped = true;
    await Promise.all(loops);
    await Promise.all(inFlight);
  };
}
