import { limits, type Input, type Output } from '@confab/protocol';
import {
  parseStreamName,
  streamName,
  type EventLog,
  type StreamEvent,
  type StreamRef,
} from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { forReading } from '../rooms/index.ts';
import { findStream, type StreamState } from './store.ts';
import type { EventWait } from './wait-for-events.ts';

type Events = Output<'sync.events'>;

/** Events of one stream after a number. When there are none yet and the caller wants to wait: once there are, or later. */
export async function readEvents(
  deps: { database: Database; log: EventLog; wait: EventWait },
  caller: Caller,
  input: Input<'sync.events'>,
): Promise<Events> {
  const stream = parseStreamName(input.stream);
  const read = (): Promise<Events> =>
    deps.database.read(async (tx) => {
      await refuseForeign(tx, stream, caller.userId);
      const state = await findStream(tx, stream.id);
      refuseLost(deps.log, state, input);
      const limit = input.limit ?? limits.eventPageMax;
      const events = await deps.log.read(tx, stream, { after: input.after, limit });
      return page(deps.log, events, state);
    });
  const { waitMs = 0 } = input;
  if (waitMs === 0) return read();
  return deps.wait(stream, { userId: caller.userId, after: input.after, waitMs }, read);
}

/** The door of each kind of stream. @throws Refusal not_found */
async function refuseForeign(tx: Tx, stream: StreamRef, userId: string): Promise<void> {
  switch (stream.kind) {
    case 'workspace':
      return;
    case 'user':
      if (stream.id !== userId) throw new Refusal('not_found', { what: 'stream' });
      return;
    case 'room':
      await forReading(tx, stream.id, userId);
  }
}

/** @throws Refusal expired_position */
function refuseLost(log: EventLog, { head, floor }: StreamState, input: Input<'sync.events'>): void {
  const { after, epoch = log.epoch } = input;
  if (epoch === log.epoch && after >= floor && after <= head) return;
  throw new Refusal('expired_position', { floor, head, epoch: log.epoch });
}

function page(log: EventLog, events: readonly StreamEvent[], { head }: StreamState): Events {
  const last = events.at(-1)?.seq ?? head;
  return {
    events: events.map((event) => ({
      stream: streamName(event.stream),
      epoch: log.epoch,
      seq: event.seq,
      at: event.at,
      name: event.name,
      data: event.data(),
    })),
    head,
    epoch: log.epoch,
    next: last < head ? last : null,
  };
}
