import type { Message } from '@confab/protocol';
import type { Pages } from './pages.ts';
import { Refused } from './refused.ts';
import { closeThread, messagesOf } from './state/room-messages.ts';
import type { State } from './state/state.ts';
import type { WatchedRooms } from './watched-rooms.ts';

/** Each resolves when there is something to show, and rejects with `Refused` when it cannot be had. */
export interface Scrolling {
  /**
   * Watches a room and shows it: what is kept on the device at once, then the server's. Waits out a broken link.
   * Without history nothing is loaded: only what happens from now on is held.
   */
  openRoom(roomId: string, options?: { history?: boolean }): Promise<void>;
  /** It stays watched until others need the place. */
  closeRoom(roomId: string): void;
  /** The page before the ordinal at which what is shown begins. */
  loadBefore(roomId: string, ordinal: number): Promise<void>;
  loadAfter(roomId: string, ordinal: number): Promise<void>;
  /** Resolves with the ordinal that a view should show: the target's, or the nearest in the page. */
  loadAround(
    roomId: string,
    target: { ordinal: number } | { messageId: string } | { at: number },
  ): Promise<number>;
  openThread(roomId: string, threadId: string): Promise<void>;
  closeThread(roomId: string, threadId: string): void;
  loadThreadBefore(roomId: string, threadId: string, ordinal: number): Promise<void>;
  loadThreadAfter(roomId: string, threadId: string, ordinal: number): Promise<void>;
}

export function createScrolling(deps: {
  state: State;
  watched: WatchedRooms;
  pages: Pages;
  settle: () => void;
}): Scrolling & { reloadThreads(roomId: string): void } {
  const { state, watched, pages } = deps;

  async function page<Result>(roomId: string, load: () => Promise<Result>): Promise<Result> {
    try {
      await watched.ready(roomId);
      return await load();
    } finally {
      deps.settle();
    }
  }

  async function openThread(roomId: string, threadId: string): Promise<void> {
    await page(roomId, async () => {
      const { threads } = messagesOf(state, roomId);
      const wasOpen = threads.has(threadId);
      if (!wasOpen) threads.set(threadId, []);
      try {
        await pages.thread(roomId, { threadId });
      } catch (error) {
        if (!wasOpen) closeThread(state, roomId, threadId);
        throw error;
      }
    });
  }

  return {
    async openRoom(roomId, { history = true } = {}) {
      try {
        await watched.open(roomId, { history });
      } finally {
        deps.settle();
      }
    },
    closeRoom(roomId) {
      watched.close(roomId);
      deps.settle();
    },
    loadBefore: (roomId, before) => page(roomId, async () => void (await pages.room(roomId, { before }))),
    loadAfter: (roomId, after) => page(roomId, async () => void (await pages.room(roomId, { after }))),
    loadAround: (roomId, target) =>
      page(roomId, async () => {
        if ('ordinal' in target) {
          return nearest(await pages.room(roomId, { around: target.ordinal }), target.ordinal);
        }
        if ('at' in target) return firstAt(await pages.room(roomId, { at: target.at }), target.at);
        const messages = await pages.room(roomId, { aroundMessageId: target.messageId });
        return messages.find(({ id }) => id === target.messageId)?.ordinal ?? nearest(messages, Infinity);
      }),
    openThread,
    closeThread(roomId, threadId) {
      closeThread(state, roomId, threadId);
      deps.settle();
    },
    loadThreadBefore: (roomId, threadId, before) =>
      page(roomId, async () => void (await pages.thread(roomId, { threadId, before }))),
    loadThreadAfter: (roomId, threadId, after) =>
      page(roomId, async () => void (await pages.thread(roomId, { threadId, after }))),
    reloadThreads(roomId) {
      for (const threadId of state.messages.get(roomId)?.threads.keys() ?? []) {
        openThread(roomId, threadId).catch((error: unknown) => {
          // Whoever shows the thread sees that it is empty; it is loaded when it is opened again.
          if (!(error instanceof Refused)) throw error;
        });
      }
    },
  };
}

function nearest(messages: readonly Message[], ordinal: number): number {
  const ordinals = messages.flatMap((message) => message.ordinal ?? []);
  return ordinals.findLast((one) => one <= ordinal) ?? ordinals[0] ?? 0;
}

function firstAt(messages: readonly Message[], at: number): number {
  const later = messages.find((message) => message.at >= at && message.ordinal !== null);
  return later?.ordinal ?? nearest(messages, Infinity);
}
