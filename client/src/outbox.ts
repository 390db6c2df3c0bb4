/**
 * Commands that must not be lost. Each is written to the device before it is sent, and sent again, with the same
 * client id, until it is answered or refused for good. States are listed in state/underway.ts.
 *
 * Commands form lanes: a room's messages one, each draft and each read mark one of its own. In a lane one command is
 * on the wire at a time, in the order in which they were made; a failed message does not hold up those after it.
 * Drafts and read marks are latest-wins: a newer one replaces what waits.
 */
import type { Input, Message, Output } from '@confab/protocol';
import type { Arrivals } from './arrivals.ts';
import type { Calls } from './calls.ts';
import { createKeptCommands } from './kept-commands.ts';
import type { Clock, Random, Storage, Timer } from './platform/index.ts';
import { Refused, refusedHere } from './refused.ts';
import { placeOf, type State } from './state/state.ts';
import { countOwnReply } from './state/threads.ts';
import type { KeptName, Underway, UnderwayOf } from './state/underway.ts';

const retryFirstMs = 500;
/** Somebody looks at what waits; the server may be well again. */
const retryLongestMs = 4_000;
/** Latest-wins commands wait this long after an answer: what is typed or scrolled in between goes together. */
const pauseMs: Readonly<Record<KeptName, number>> = {
  'message.send': 0,
  'draft.set': 2_000,
  'read.upTo': 500,
  'thread.read': 500,
};

export type Sent = Output<'message.send'>;

export interface Outbox {
  /** Takes over what was kept on the device. */
  load(): Promise<void>;
  send(input: Input<'message.send'>): void;
  /** Resolves when the message is kept by the server, rejects with `Refused` when it has failed or was discarded. */
  result(clientId: string): Promise<Sent>;
  setDraft(input: Input<'draft.set'>): void;
  readUpTo(input: Input<'read.upTo'>): void;
  readThread(input: Input<'thread.read'> & { roomId: string }): void;
  /** Sends a failed message again; the same client id, since nobody knows why it failed. */
  retry(clientId: string): void;
  /** Forgets a message that has not been sent, and what waits under another id. */
  discard(id: string): void;
  /** An own message has come by its stream or in a page: no answer is needed any more. */
  confirm(message: Message, epoch: number): void;
  /** Positions have moved: what was sent and has arrived goes. */
  look(): void;
  linkUp(): void;
  /** Forgets everything that is in memory. */
  clear(): void;
}

interface Lane {
  busy: boolean;
  failures: number;
  timer: Timer | null;
}

export function createOutbox(deps: {
  state: State;
  clock: Clock;
  random: Random;
  storage: Storage;
  call: Calls['call'];
  arrivals: Arrivals;
  isLive: () => boolean;
  flush: () => void;
  onStorageFailure: (error: unknown) => void;
}): Outbox {
  const { state, clock } = deps;
  const { outbox } = state;
  const kept = createKeptCommands({ ...deps, onFailure: deps.onStorageFailure });
  const results = createResults();
  const lanes = new Map<string, Lane>();
  /** Not yet written to the device. */
  const unwritten = new Set<Underway>();
  /** Taken over from the device: another tab may have taken them over too, and be done with them. */
  const takenOver = new Set<string>();
  let order = 0;

  function add<Name extends KeptName>(
    made: Pick<UnderwayOf<Name>, 'id' | 'name' | 'input' | 'roomId'>,
  ): void {
    order += 1;
    const rest = { madeAt: clock.now(), order, status: 'waiting', refusal: null, position: null } as const;
    keep({ ...made, ...rest } as Underway);
  }

  /** In view at once, sent when it is written. */
  function keep(entry: Underway): void {
    kept.put(entry);
    unwritten.add(entry);
    void kept.write(entry).then(() => {
      unwritten.delete(entry);
      pump(laneOf(entry));
    });
    deps.flush();
  }

  function pump(name: string): void {
    const lane = lanes.get(name) ?? { busy: false, failures: 0, timer: null };
    lanes.set(name, lane);
    if (lane.busy || lane.timer || !deps.isLive()) return;
    let next: Underway | undefined;
    for (const entry of outbox.values()) {
      if (entry.status !== 'waiting' || laneOf(entry) !== name) continue;
      if (!next || entry.order < next.order) next = entry;
    }
    if (!next) lanes.delete(name);
    else if (!unwritten.has(next)) void transmit(lane, next);
  }

  function pumpAll(): void {
    for (const name of new Set([...outbox.values()].map(laneOf))) pump(name);
  }

  async function transmit(lane: Lane, entry: Underway): Promise<void> {
    lane.busy = true;
    let waitMs = pauseMs[entry.name];
    const current = takenOver.has(entry.id) ? await kept.read(entry) : entry;
    if (outbox.get(entry.id) !== entry) {
      // Replaced or discarded while we looked.
      lane.busy = false;
      pump(laneOf(entry));
      return;
    }
    const sending: Underway = { ...(current ?? entry), status: 'sending' };
    kept.put(sending);
    deps.flush();
    try {
      if (!current) kept.remove(sending);
      else answered(sending, await deps.call(sending.name, sending.input));
      lane.failures = 0;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (mayComeTrue(error)) {
        waitMs = retryAfterMs(error, lane.failures);
        lane.failures += 1;
      }
      refused(sending, error);
    } finally {
      lane.busy = false;
    }
    deps.flush();
    pause(lane, { name: laneOf(entry), ms: waitMs });
  }

  function pause(lane: Lane, { name, ms }: { name: string; ms: number }): void {
    if (ms > 0) {
      lane.timer = clock.after(ms, () => {
        lane.timer = null;
        pump(name);
      });
    } else {
      pump(name);
    }
  }

  function answered(sending: Underway, output: unknown): void {
    const { position } = output as Output<'read.upTo'>;
    if (sending.name === 'message.send') {
      const { threadOrdinal } = output as Sent;
      results.settle(sending.id, output as Sent);
      // Of a room that is not watched no event comes that says it.
      countOwnReply(state, { threadId: sending.input.threadId ?? null, threadOrdinal });
    }
    // Replaced by a newer one in the meantime, or arrived already.
    if (outbox.get(sending.id) !== sending) return;
    kept.remove(sending);
    if (!deps.arrivals.has(position)) kept.put({ ...sending, status: 'sent', position });
  }

  function refused(sending: Underway, refusal: Refused): void {
    if (outbox.get(sending.id) !== sending) return;
    if (mayComeTrue(refusal)) {
      kept.put({ ...sending, status: 'waiting' });
    } else if (holdsText(sending) && !(sending.name === 'draft.set' && refusal.code === 'not_found')) {
      const failed: Underway = { ...sending, status: 'failed', refusal: refusal.envelope };
      kept.put(failed);
      void kept.write(failed);
      results.fail(failed.id, refusal);
    } else {
      kept.remove(sending);
    }
  }

  function retryAfterMs(refusal: Refused, failures: number): number {
    const asked = refusal.data['retryAfterMs'];
    // Up to a minute.
    if (typeof asked === 'number' && asked > 0) return Math.min(asked, 15 * retryLongestMs);
    const longest = Math.min(retryFirstMs * 2 ** failures, retryLongestMs);
    return (longest * (1 + deps.random.fraction())) / 2;
  }

  function readMark<Name extends 'read.upTo' | 'thread.read'>(
    made: Pick<UnderwayOf<Name>, 'id' | 'name' | 'input' | 'roomId'>,
  ): void {
    const present = outbox.get(made.id);
    const isNews = !present || !('ordinal' in present.input) || present.input.ordinal < made.input.ordinal;
    if (isNews) add(made);
  }

  return {
    async load() {
      const stored = await kept.list();
      const early = [...outbox.values()];
      for (const entry of stored) {
        order = Math.max(order, entry.order);
        if (outbox.has(entry.id)) continue;
        takenOver.add(entry.id);
        const isFailed = entry.name === 'message.send' && entry.status === 'failed';
        kept.put(isFailed ? entry : { ...entry, status: 'waiting' });
      }
      // What was said while the device was read comes after what it held.
      for (const entry of early) {
        order += 1;
        if (entry.status === 'waiting') keep({ ...entry, order });
      }
      pumpAll();
    },
    send(input) {
      add({ id: input.clientId, name: 'message.send', input, roomId: input.roomId });
    },
    result(clientId) {
      const entry = outbox.get(clientId);
      if (entry?.refusal) return Promise.reject(new Refused(entry.refusal));
      if (!entry) return Promise.reject(refusedHere('not_found', { clientId }));
      return results.wait(clientId);
    },
    setDraft(input) {
      const place = placeOf(input.roomId, input.threadId);
      const id = `draft:${place}`;
      const known = outbox.get(id)?.input ?? state.drafts.get(place);
      const knownText = known && 'text' in known ? known.text : '';
      if (knownText !== input.text) add({ id, name: 'draft.set', input, roomId: input.roomId });
    },
    readUpTo: (input) =>
      readMark({ id: `read:${input.roomId}`, name: 'read.upTo', input, roomId: input.roomId }),
    readThread: ({ roomId, ...input }) =>
      readMark({ id: `read:${roomId}/${input.threadId}`, name: 'thread.read', input, roomId }),
    retry(clientId) {
      const entry = outbox.get(clientId);
      if (entry?.status === 'failed') keep({ ...entry, status: 'waiting', refusal: null });
    },
    discard(id) {
      const entry = outbox.get(id);
      if (!entry) return;
      kept.remove(entry);
      results.fail(id, refusedHere('not_found', { clientId: id }));
      deps.flush();
    },
    confirm(message, epoch) {
      const entry = outbox.get(message.clientId);
      if (entry?.name !== 'message.send' || message.authorId !== state.me?.userId) return;
      kept.remove(entry);
      results.settle(entry.id, sentBy(message, epoch));
    },
    look() {
      for (const entry of outbox.values()) {
        if (entry.position && deps.arrivals.has(entry.position)) kept.remove(entry);
      }
    },
    linkUp: pumpAll,
    clear() {
      for (const lane of lanes.values()) lane.timer?.cancel();
      lanes.clear();
      for (const entry of outbox.values()) {
        kept.touch(entry);
        results.fail(entry.id, refusedHere('not_found', { clientId: entry.id }));
      }
      outbox.clear();
    },
  };
}

/** Whoever has to sign in again wants to find what they wrote sent afterwards. */
function mayComeTrue(refusal: Refused): boolean {
  return refusal.retryable || refusal.code === 'unauthenticated';
}

/** Refused for good, text is kept until somebody decides (a message) or writes on (a draft). */
function holdsText({ name }: Underway): boolean {
  return name === 'message.send' || name === 'draft.set';
}

/** Who waits for the outcome of which message. */
function createResults() {
  const waiting = new Map<string, { resolve: (sent: Sent) => void; reject: (refused: Refused) => void }[]>();

  return {
    wait: (id: string) =>
      new Promise<Sent>((resolve, reject) => {
        waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }]);
      }),
    settle(id: string, sent: Sent): void {
      for (const { resolve } of waiting.get(id) ?? []) resolve(sent);
      waiting.delete(id);
    },
    fail(id: string, refused: Refused): void {
      for (const { reject } of waiting.get(id) ?? []) reject(refused);
      waiting.delete(id);
    },
  };
}

function laneOf({ id, name, roomId }: Underway): string {
  return name === 'message.send' ? `send:${roomId}` : id;
}

/** What the answer would have said. */
function sentBy(message: Message, epoch: number): Sent {
  const { id, ordinal, threadOrdinal, at, seq, roomId } = message;
  return { messageId: id, ordinal, threadOrdinal, at, position: { stream: `room:${roomId}`, epoch, seq } };
}
