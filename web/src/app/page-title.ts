/** The window's name, its sign and the badge of the installed application say where one is and what waits. */
import { effect } from '@preact/signals';
import type { State } from '@confab/client';
import type { Words } from '../language/index.ts';
import { signedTitleOf } from '../rooms/room-title.ts';
import { standingOf } from '../rooms/standing.ts';
import { createAppBadge } from './app-badge.ts';
import type { App } from './app-context.ts';
import { pages } from './pages.ts';
import type { Route } from './routes.ts';

export interface Waiting {
  /** Mentions and direct messages: a number. */
  readonly mentions: number;
  /** Anything else: a dot. */
  readonly isUnread: boolean;
}

export function waitingIn(state: State): Waiting {
  let mentions = 0;
  let isUnread = false;
  for (const room of state.rooms.values()) {
    const standing = standingOf(state, room);
    mentions += standing.badge;
    isUnread ||= standing.isUnread;
  }
  return { mentions, isUnread };
}

/** Keeps them in step until the result is called. */
export function followTitle({ client, live, router, session, words }: App, document: Document): () => void {
  const badge = createAppBadge(navigator);
  return effect(() => {
    const isIn = session.phase.value === 'signed-in';
    live.follow('rooms');
    live.follow('workspace');
    const waiting = isIn ? waitingIn(client.state) : { mentions: 0, isUnread: false };
    const workspace = (isIn ? client.state.workspace?.name : session.about.value?.name) ?? 'Confab';
    const where = isIn ? nameOf(client.state, router.route.value, words.value) : null;
    const count = waiting.mentions > 0 ? `(${waiting.mentions}) ` : waiting.isUnread ? '• ' : '';
    document.title = count + (where === null ? workspace : `${where} — ${workspace}`);
    setSign(document, waiting);
    badge.show(waiting.mentions);
  });
}

function nameOf(state: State, route: Route, words: Words): string | null {
  if (route.name === 'room') {
    const room = state.rooms.get(route.roomId)?.room;
    return room ? signedTitleOf(state, room) : null;
  }
  if (route.name === 'page') return pages[route.page]?.title(words) ?? null;
  const titles: Readonly<Record<string, string>> = { ...words.sidebar.lists, browse: words.app.browse };
  return titles[route.name] ?? null;
}

function setSign(document: Document, { mentions, isUnread }: Waiting): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]') ?? document.createElement('link');
  const href = `data:image/svg+xml,${encodeURIComponent(signOf(mentions, isUnread))}`;
  if (link.getAttribute('href') === href) return;
  link.rel = 'icon';
  link.type = 'image/svg+xml';
  link.href = href;
  if (!link.isConnected) document.head.append(link);
}

/** As in brand.tsx, with what waits in its corner. */
function signOf(mentions: number, isUnread: boolean): string {
  const words = mentions > 9 ? '9+' : String(mentions);
  const mark =
    mentions > 0
      ? `<rect x="17" y="0" width="23" height="22" rx="11" fill="#c5302c"/><text x="28.5" y="16.500" font-family="sans-serif" font-weight="700" font-size="${words.length > 1 ? 14 : 17}" text-anchor="middle" fill="#fff">${words}</text>`
      : isUnread
        ? '<circle cx="32" cy="8" r="8" fill="#fff"/><circle cx="32" cy="8" r="6" fill="#c5302c"/>'
        : '';
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" rx="11" fill="#4052d6"/>' +
    '<path d="M13.500 12h7A6.500 6.500 0 0 1 27 18.500v2.500a6.500 6.500 0 0 1-6.500 6.500h-4.800L11 31v-4.050A6.500 6.500 0 0 1 7 21v-2.500A6.500 6.500 0 0 1 13.500 12Z" fill="#fff"/>' +
    mark +
    '</svg>'
  );
}
