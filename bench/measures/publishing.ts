import { setTimeout as pause } from 'node:timers/promises';
import { messageText, type Publisher } from '../subjects/subject.ts';

export type Rate = number | 'saturated';

/** How many messages are under way at once where the room takes as many as it can. */
const windowOfEach = 16;

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
    for (let next = performance.now() + (index * periodMs) / publishers.length; ; next += periodMs) {
      await pause(Math.max(0, next - performance.now()));
      if (stopped) return;
      void send(publisher);
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
