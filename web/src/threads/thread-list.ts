/** What an open thread shows: its root, and its replies as far as they are held here. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { FollowedThread, Message } from '@confab/protocol';
import { Refused } from '@confab/client';
import type { App } from '../app/app-context.ts';
import { underwayIn } from '../messages/stretch.ts';
import { timelineItems, type TimelineItem } from '../messages/timeline-items.ts';
import { threadReadOrdinal } from './unread-threads.ts';

export interface ThreadList {
  readonly phase: ReadonlySignal<'opening' | 'open' | Refused>;
  readonly root: ReadonlySignal<Message | null>;
  readonly items: ReadonlySignal<readonly TimelineItem[]>;
  readonly hasBefore: ReadonlySignal<boolean>;
  readonly hasAfter: ReadonlySignal<boolean>;
  /** Null when it is not followed. */
  readonly followed: ReadonlySignal<FollowedThread | null>;
  loadBefore(): void;
  loadAfter(): void;
  open(): Promise<void>;
  close(): void;
}

export function createThreadList(
  { client, live, time }: Pick<App, 'client' | 'live' | 'time'>,
  { roomId, threadId }: { roomId: string; threadId: string },
): ThreadList {
  const { state } = client;
  const phase = signal<'opening' | 'open' | Refused>('opening');
  const newFrom = signal<number | null>(null);
  const ownId = state.me?.userId ?? '';
  let isLoading = false;

  const run = computed(() => {
    live.follow(`thread:${threadId}`);
    live.follow(`timeline:${roomId}`);
    const newest = state.messages.get(roomId)?.threads.get(threadId)?.at(-1);
    return newest
      ? { first: newest.first, ids: newest.ids, last: newest.first + newest.ids.length - 1 }
      : null;
  });
  const root = computed(() => {
    live.follow(`thread:${threadId}`);
    live.follow(`timeline:${roomId}`);
    return state.messages.get(roomId)?.held.get(threadId)?.message ?? null;
  });
  const followed = computed(() => {
    live.follow(`thread:${threadId}`);
    return state.threads.get(threadId) ?? null;
  });
  const hasAfter = computed(() => (run.value?.last ?? 0) < (root.value?.thread?.ordinal ?? 0));

  let last: readonly TimelineItem[] = Object.freeze([]);
  const items = computed(() => {
    live.follow('outbox');
    const held = state.messages.get(roomId)?.held;
    const messages = (run.value?.ids ?? []).flatMap((id) => held?.get(id)?.message ?? []);
    const underway = underwayIn(client, roomId, threadId);
    const { dayKey } = time.value;
    last = timelineItems({ messages, underway, ownId, newFrom: newFrom.value, dayKey, isThread: true }, last);
    return last;
  });

  async function load(start: () => Promise<unknown>): Promise<void> {
    if (isLoading) return;
    isLoading = true;
    try {
      await start();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    } finally {
      isLoading = false;
    }
  }

  return {
    phase,
    root,
    items,
    hasBefore: computed(() => (run.value?.first ?? 1) > 1),
    hasAfter,
    followed,
    loadBefore() {
      const first = run.peek()?.first ?? 1;
      if (first > 1) void load(() => client.loadThreadBefore(roomId, threadId, first));
    },
    loadAfter() {
      const shown = run.peek()?.last ?? 0;
      void load(() => client.loadThreadAfter(roomId, threadId, shown));
    },
    async open() {
      try {
        await client.openThread(roomId, threadId);
        const thread = state.threads.get(threadId);
        const read = thread ? threadReadOrdinal(state, thread) : null;
        newFrom.value = thread && read !== null && read > 0 && thread.ordinal > read ? read + 1 : null;
        phase.value = 'open';
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        phase.value = error;
      }
    },
    close: () => client.closeThread(roomId, threadId),
  };
}
