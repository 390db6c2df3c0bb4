import { useEffect, useRef } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { lastArrived, newsBelow } from './news.ts';
import { excerptOf } from './quote-view.tsx';
import type { TimelineItem } from './timeline-items.ts';

/** Reads out, politely, what others write while its end is in view; several that come together are counted. */
export function useAnnouncements(items: readonly TimelineItem[], hasAfter: boolean): void {
  const { client, ui, words } = useApp();
  const newest = lastArrived(items);
  const before = useRef({ newest, hasAfter });
  useEffect(() => {
    const last = before.current;
    before.current = { newest, hasAfter };
    // What was loaded by scrolling is not new.
    if (newest === last.newest || hasAfter || last.hasAfter) return;
    const news = newsBelow(items, last.newest, client.state.me?.userId ?? '');
    const [first] = news;
    if (!first) return;
    const said = words.value.messages;
    const name = client.state.users.get(first.authorId)?.name ?? said.somebody;
    ui.announcer.say(news.length === 1 ? `${name}: ${excerptOf(first)}` : said.news(news.length));
  }, [newest, hasAfter]);
}
