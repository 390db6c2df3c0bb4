import { computed } from '@preact/signals';
import {
  createClient,
  createWebSockets,
  Refused,
  systemClock,
  systemRandom,
  type Client,
  type Storage,
} from '@confab/client';
import { createDraftState } from '../drafts/draft-state.ts';
import { createEmojiState } from '../emoji/emoji-state.ts';
import { createKeptUploads } from '../files/kept-uploads.ts';
import { createUploads, type Uploads } from '../files/uploads.ts';
import { createLanguage, refusalText } from '../language/index.ts';
import { createReactionOverlay } from '../messages/reaction-overlay.ts';
import { createOwnPresence } from '../people/own-presence.ts';
import { createPresenceWatch } from '../people/presence-watch.ts';
import { createHttp } from '../platform/http.ts';
import { sendBytes } from '../platform/send-bytes.ts';
import {
  after,
  createAppearance,
  createDesktopNotices,
  createPushRegistration,
  createDevice,
  createMemory,
  createSharedSockets,
  createTabLeadership,
  createTimeFormat,
  createWorkerUrls,
  keepPage,
  now,
  type TimeFormat,
} from '../platform/index.ts';
import { createSession } from '../sessions/session.ts';
import { createSidebarState } from '../sidebar/sidebar-state.ts';
import { createAnnouncer } from '../ui/announcer.tsx';
import { createShortcuts } from '../ui/shortcuts.ts';
import { createToasts } from '../ui/toasts.ts';
import type { Ui } from '../ui/ui-context.ts';
import type { App } from './app-context.ts';
import { createDialogs } from './dialogs.ts';
import { createLive } from './live.ts';
import { createRouter } from './router.ts';

/** Tabs share what one connection may watch. */
const watchedRoomsOfTab = 30;

/** All that there is once in a page, wired. Nothing is drawn and nothing connects before `session.start`. */
export function createApp({
  window,
  storage,
  fileStorage,
}: {
  window: Window & typeof globalThis;
  storage: Storage;
  /** For bytes of files that are on their way. */
  fileStorage: Storage;
}): App {
  const { document } = window;
  const device = createDevice();
  const memory = createMemory(window.localStorage);
  const language = createLanguage({
    memory,
    root: document.documentElement,
    preferred: window.navigator.languages,
  });
  const ui: Ui = {
    device,
    language,
    announcer: createAnnouncer({ after }),
    toasts: createToasts({ after }),
    shortcuts: createShortcuts({ target: document, apple: device.apple }),
  };
  const workerUrl = createWorkerUrls(window);
  const client = createPageClient({ window, storage, workerUrl });
  const live = createLive(client);
  const http = createHttp({ fetch: (input, init) => window.fetch(input, init) });
  const router = createRouter({ window });
  return {
    client,
    live,
    http,
    session: createSession({ client, http, after }),
    router,
    dialogs: createDialogs(),
    desktop: createDesktopNotices(window),
    push: createPushRegistration(window),
    page: keepPage({ window, workerUrl, after }),
    ui,
    words: language.words,
    appearance: createAppearance(window.localStorage, document.documentElement),
    memory,
    emoji: createEmojiState({ client, live, memory, locale: language.locale }),
    drafts: createDraftState({ client, live }),
    uploads: createPageUploads({ window, client, storage: fileStorage }),
    sidebar: createSidebarState({ client, live, router, memory }),
    reactions: createReactionOverlay(client),
    presence: createPresenceWatch(client),
    ownPresence: createOwnPresence({ client, window, after }),
    time: computed(() => timeFormat({ client, live }, language.locale.value)),
    async attempt(work) {
      try {
        await work;
        return true;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        ui.toasts.show({ text: refusalText(language.words.value, error), tone: 'danger' });
        return false;
      }
    },
  };
}

function createPageClient(deps: {
  window: Window & typeof globalThis;
  storage: Storage;
  workerUrl: (url: string) => string;
}): Client {
  const { window, storage } = deps;
  const leadership = createTabLeadership(window);
  return createClient({
    url: window.location.href,
    name: 'confab-web',
    watchedRoomsMax: watchedRoomsOfTab,
    platform: {
      clock: systemClock,
      random: systemRandom,
      sockets: createSharedSockets(window, deps.workerUrl) ?? createWebSockets(),
      storage,
      ...(leadership === null ? {} : { leadership }),
    },
  });
}

function createPageUploads(deps: {
  window: Window & typeof globalThis;
  client: Client;
  storage: Storage;
}): Uploads {
  const { window, client, storage } = deps;
  const locks = 'locks' in window.navigator ? window.navigator.locks : null;
  return createUploads({
    client,
    sendBytes,
    kept: createKeptUploads({ storage, locks }),
    newId: () => systemRandom.id(),
    after,
    urls: window.URL,
  });
}

function timeFormat({ client, live }: Pick<App, 'client' | 'live'>, language: string): TimeFormat {
  live.follow('preferences');
  const clock = client.state.preferences?.timeFormat ?? 'locale';
  if (clock === 'locale') return createTimeFormat({ locale: language, now });
  const locale = new Intl.Locale(language, { hourCycle: clock === '12' ? 'h12' : 'h23' });
  return createTimeFormat({ locale: locale.toString(), now });
}
