import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ReadonlySignal } from '@preact/signals';
import type { Client } from '@confab/client';
import type { DraftState } from '../drafts/draft-state.ts';
import type { EmojiState } from '../emoji/emoji-state.ts';
import type { Uploads } from '../files/uploads.ts';
import type { Words } from '../language/index.ts';
import type { OwnPresence } from '../people/own-presence.ts';
import type { PresenceWatch } from '../people/presence-watch.ts';
import type { Http } from '../platform/http.ts';
import type {
  Appearance,
  DesktopNotices,
  InstalledPage,
  Memory,
  PushRegistration,
  TimeFormat,
} from '../platform/index.ts';
import type { ReactionOverlay } from '../messages/reaction-overlay.ts';
import type { Session } from '../sessions/session.ts';
import type { SidebarState } from '../sidebar/sidebar-state.ts';
import type { Ui } from '../ui/ui-context.ts';
import type { Dialogs } from './dialogs.ts';
import type { Live } from './live.ts';
import type { Router } from './router.ts';

/** What there is once in the application; made in create-app.ts. */
export interface App {
  readonly client: Client;
  readonly live: Live;
  readonly http: Http;
  readonly session: Session;
  readonly router: Router;
  readonly dialogs: Dialogs;
  readonly page: InstalledPage;
  readonly desktop: DesktopNotices;
  readonly push: PushRegistration;
  readonly ui: Ui;
  /** Of the language that is spoken; components take `useWords()`. */
  readonly words: ReadonlySignal<Words>;
  readonly appearance: Appearance;
  readonly memory: Memory;
  readonly emoji: EmojiState;
  readonly drafts: DraftState;
  readonly uploads: Uploads;
  readonly sidebar: SidebarState;
  readonly reactions: ReactionOverlay;
  readonly presence: PresenceWatch;
  readonly ownPresence: OwnPresence;
  readonly time: ReadonlySignal<TimeFormat>;
  /** Waits for something a person asked for; a refusal is told in a toast. Resolves with whether it was done. */
  attempt(work: Promise<unknown>): Promise<boolean>;
}

export const AppContext = createContext<App | null>(null);

/** Throws outside of the application. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('There is no application around this component.');
  return app;
}
