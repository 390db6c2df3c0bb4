import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Draft, ScheduledMessage } from '@confab/protocol';
import type { Client } from '@confab/client';
import type { Live } from '../app/live.ts';
import { scheduledInOrder } from './schedule.ts';

export interface DraftState {
  /** What is begun and not sent, latest first: as the server has it, with what was typed here over it. */
  readonly list: ReadonlySignal<readonly Draft[]>;
  readonly count: ReadonlySignal<number>;
  /** Rooms with a draft in their own composer. */
  readonly rooms: ReadonlySignal<ReadonlySet<string>>;
  /** What is to be sent later: failed ones first, then by time. */
  readonly scheduled: ReadonlySignal<readonly ScheduledMessage[]>;
  /** How many of them could not be sent: they wait for somebody. */
  readonly failed: ReadonlySignal<number>;
  /** Which of both the page shows. */
  readonly tab: Signal<'drafts' | 'scheduled'>;
}

export function createDraftState({ client, live }: { client: Client; live: Live }): DraftState {
  const list = computed(() => {
    live.follow('drafts');
    return draftsOf(client);
  });
  let last: ReadonlySet<string> = new Set(['']);
  const rooms = computed(() => {
    const next = new Set(list.value.flatMap(({ roomId, threadId }) => (threadId === null ? [roomId] : [])));
    if (next.size !== last.size || [...next].some((id) => !last.has(id))) last = next;
    return last;
  });
  const scheduled = computed(() => {
    live.follow('scheduled');
    return scheduledInOrder(client.state.scheduled.values());
  });
  const count = computed(() => list.value.length);
  const failed = computed(() => scheduled.value.filter(({ failure }) => failure !== null).length);
  return { list, count, rooms, scheduled, failed, tab: signal('drafts') };
}

function draftsOf({ state }: Client): Draft[] {
  const all = new Map(state.drafts);
  for (const underway of state.outbox.values()) {
    if (underway.name !== 'draft.set') continue;
    const { roomId, threadId = null, text } = underway.input;
    const place = threadId === null ? roomId : `${roomId}/${threadId}`;
    if (text === '') all.delete(place);
    else all.set(place, { roomId, threadId, text, at: underway.madeAt });
  }
  return [...all.values()].sort((a, b) => b.at - a.at);
}

/** What stands in a composer when it opens. */
export function draftText({ state }: Client, roomId: string, threadId: string | null): string {
  const place = threadId === null ? roomId : `${roomId}/${threadId}`;
  const underway = state.outbox.get(`draft:${place}`);
  if (underway?.name === 'draft.set') return underway.input.text;
  return state.drafts.get(place)?.text ?? '';
}
