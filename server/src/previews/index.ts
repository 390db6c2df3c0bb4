/**
 * Previews: cards of what links in messages lead to. Owns what pages said of themselves, and who waits for them.
 * Promises that sends do not wait, that a page is asked once for the workspace and only where an operator wants it, and that
 * readers get pictures from us alone. Refuses to know how a message is drawn.
 */
import { createReader } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import type { Handlers } from '../kit/handlers.ts';
import { sql } from '../kit/sql.ts';
import { createChore, type Chore } from '../platform/chore.ts';
import type { Database } from '../platform/postgres/index.ts';
import type { PreviewDeps } from './deps.ts';
import { fetchDue } from './fetch-due.ts';
import { followLinks } from './follow-links.ts';
import { forgetPages } from './forget-pages.ts';
import { openPicture, type OpenPicture } from './open-picture.ts';
import { removePreview } from './remove-preview.ts';
import { settleQueued } from './settle-cards.ts';

const readerRestMs = 500;
/** What no wake has told of is found this much later. */
const periodMs = 2_000;
const forgetPeriodMs = 10 * 60_000;

export type PreviewHandlers = Handlers<'preview.remove'>;

/** What the HTTP door serves besides calls. */
export interface PreviewPictures {
  open(caller: Caller, of: { messageId: string; previewId: string }): Promise<OpenPicture>;
}

/** @param deps.previews false: nothing is asked, and no new cards are made; those there are stay. */
export function createPreviews(deps: PreviewDeps & { readonly previews: boolean }): {
  handlers: PreviewHandlers;
  pictures: PreviewPictures;
  /** They run until they are closed. */
  chores: readonly Chore[];
  /** This node has committed something. */
  committed(): void;
} {
  const shared = {
    handlers: {
      'preview.remove': (caller, input) => removePreview(deps, caller, input),
    } satisfies PreviewHandlers,
    pictures: {
      open: (caller: Caller, of: { messageId: string; previewId: string }) => openPicture(deps, caller, of),
    },
  };
  const forgetting = createChore({
    ...deps,
    name: 'forgetting previews',
    periodMs: forgetPeriodMs,
    async work() {
      await forgetPages(deps);
      if (!deps.previews) await leaveStreams(deps.database);
    },
  });
  if (!deps.previews) return { ...shared, chores: [forgetting], committed: () => {} };

  let closing = false;
  const work = (name: string, does: (stopped: () => boolean) => Promise<void>): Chore => {
    const chore = createChore({ ...deps, name, periodMs, work: () => does(() => closing) });
    return {
      ...chore,
      close() {
        closing = true;
        return chore.close();
      },
    };
  };
  const fetching = work('fetching previews', async (stopped) => {
    await fetchDue(deps, stopped);
    settling.wake();
  });
  const settling = work('settling previews', async (stopped) => {
    await settleQueued(deps, stopped);
    fetching.wake();
  });
  const reader = createReader({
    ...deps,
    name: 'previews',
    restMs: readerRestMs,
    async handle(tx, events) {
      await followLinks(tx, events, deps.clock.now());
      settling.wake();
    },
  });
  return { ...shared, chores: [reader, settling, fetching, forgetting], committed: reader.wake };
}

/** A reader that stands still would keep the log of events from being cleared. */
async function leaveStreams(database: Database): Promise<void> {
  await database.rows(sql`delete from readers where name = 'previews'`);
}

export { keptPictures } from './kept-pictures.ts';
