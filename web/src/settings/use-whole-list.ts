import { useEffect } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { usePages, type Paged } from '../app/use-pages.ts';

/** A list that comes in one answer, with the states of one in pages. */
export function useWholeList<Item>(ask: () => Promise<readonly Item[]>): Paged<Item> {
  const pages = usePages<Item>('', async () => ({ items: await ask(), next: null }));
  useAgainWhenLive(pages);
  return pages;
}

/** What could not be asked for without a connection is asked for when it is back. */
export function useAgainWhenLive(pages: Pick<Paged<unknown>, 'refused' | 'retry'>): void {
  const { client, live } = useApp();
  live.follow('connection');
  const isLive = client.connection.name === 'live';
  useEffect(() => {
    if (isLive && pages.refused?.retryable === true) pages.retry();
  }, [isLive]);
}
