import { useEffect, useState } from 'preact/hooks';
import { Refused } from '@confab/client';
import type { Health } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { after, type Cancel } from '../platform/index.ts';
import { useAgainWhenLive } from '../settings/use-whole-list.ts';

/** When nothing was ever answered, which would say how often to ask. */
const usualMs = 10_000;

export interface LiveHealth {
  /** The newest that is known; it stays when a later question is refused. */
  readonly health: Health | null;
  readonly refused: Refused | null;
  readonly retry: () => void;
}

/** Asks again as often as the server measures. */
export function useHealth(): LiveHealth {
  const { client } = useApp();
  const [health, setHealth] = useState<Health | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [attempts, setAttempts] = useState(0);
  useEffect(() => {
    let isWanted = true;
    let cancel: Cancel = () => undefined;
    const ask = async (): Promise<void> => {
      let nextMs = usualMs;
      try {
        const answer = await client.call('workspace.health', {});
        nextMs = answer.periodMs;
        if (isWanted) setHealth(answer);
        if (isWanted) setRefused(null);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (isWanted) setRefused(error);
      }
      if (isWanted) cancel = after(nextMs, () => void ask());
    };
    void ask();
    return () => {
      isWanted = false;
      cancel();
    };
  }, [attempts]);
  const retry = (): void => setAttempts(attempts + 1);
  useAgainWhenLive({ refused, retry });
  return { health, refused, retry };
}
