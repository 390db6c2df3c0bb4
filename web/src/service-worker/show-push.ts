import type { PushPayload } from '@confab/protocol';
import { pushWords, type PushWords } from '../language/push-words.ts';

/** The part of a service worker's scope that showing takes. */
export interface PushScope {
  readonly clients: {
    matchAll(options: {
      type: 'window';
      includeUncontrolled: boolean;
    }): Promise<readonly { readonly visibilityState: string; readonly focused: boolean }[]>;
  };
  readonly registration: {
    getNotifications(filter: { tag: string }): Promise<readonly { readonly data: unknown }[]>;
    showNotification(title: string, options: NotificationOptions): Promise<void>;
  };
  readonly navigator: { readonly languages: readonly string[] };
}

/**
 * Shows what was pushed, once: a page that somebody looks at tells it itself, and what a page has told already or what came
 * before is only renewed, without a sound. Browsers take push away from pages that show nothing.
 */
export async function showPush(scope: PushScope, data: { json(): unknown } | null): Promise<void> {
  const payload = payloadOf(data);
  const { tag, path, at, isTest, language } = payload;
  if (!isTest) {
    const pages = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
    if (pages.some(({ visibilityState, focused }) => visibilityState === 'visible' && focused)) return;
  }
  const there = await scope.registration.getNotifications({ tag });
  const isKnown = there.some(({ data: known }) => {
    const place = known as { path?: unknown; at?: unknown } | null;
    return place?.path === path && place.at === at;
  });
  const words = pushWords([language, ...scope.navigator.languages]);
  const options = {
    tag,
    body: bodyOf(payload, words),
    icon: '/icon-192.png',
    renotify: !isKnown,
    silent: isKnown,
    timestamp: at,
    data: { path, at },
  };
  await scope.registration.showNotification(titleOf(payload, words), options);
}

const nothingKnown: PushPayload = {
  kind: 'mention',
  isTest: false,
  tag: 'new',
  path: '/',
  at: 0,
  language: '',
  content: null,
};

/** Of a later release it may say more, and of a broken service anything. */
function payloadOf(data: { json(): unknown } | null): PushPayload {
  try {
    const said = data?.json() as Partial<PushPayload> | null | undefined;
    const isOurs = typeof said?.tag === 'string' && /^\/(?!\/)/.test(said.path ?? '');
    return isOurs ? { ...nothingKnown, ...said } : nothingKnown;
  } catch {
    return nothingKnown;
  }
}

function titleOf({ kind, isTest, content }: PushPayload, words: PushWords): string {
  if (isTest) return words.test;
  if (content === null) return 'Confab';
  if (kind === 'reminder') return words.reminder;
  if (kind === 'invitation') return words.invitation(content.room);
  const where = content.isPair ? content.author : content.room;
  return content.isInThread ? words.inThread(where) : where;
}

function bodyOf({ kind, isTest, content }: PushPayload, words: PushWords): string {
  if (isTest) return words.kinds[kind];
  if (content === null) return words.somethingNew;
  if (kind === 'invitation') return '';
  if (kind === 'reminder') return content.text;
  const text = content.text === '' ? words.noText : content.text;
  return content.isPair ? text : `${content.author}: ${text}`;
}
