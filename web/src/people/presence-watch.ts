import type { Client } from '@confab/client';
import { eachFrame } from '../platform/index.ts';

export interface PresenceWatch {
  /** Follows how somebody is until the result is called. Many may want the same person. */
  want(userId: string): () => void;
}

/** Collects whose presence is on the screen and tells the client, once for each picture that changes it. */
export function createPresenceWatch(client: Pick<Client, 'followPresence'>): PresenceWatch {
  const wanted = new Map<string, number>();
  let told = '';
  const telling = eachFrame(() => {
    const ids = [...wanted.keys()].sort();
    if (ids.join() === told) return;
    told = ids.join();
    client.followPresence(ids);
  });
  return {
    want(userId) {
      wanted.set(userId, (wanted.get(userId) ?? 0) + 1);
      telling.ask();
      return () => {
        const left = (wanted.get(userId) ?? 1) - 1;
        if (left > 0) wanted.set(userId, left);
        else wanted.delete(userId);
        telling.ask();
      };
    },
  };
}
