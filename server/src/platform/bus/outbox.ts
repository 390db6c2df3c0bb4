import type { Message } from './parcels.ts';

/** Takes a batch to the other nodes; resolves when it has left, rejects when that is not certain. */
export type Carry = (messages: readonly Message[]) => Promise<unknown>;

export interface Outbox {
  add(message: Message): void;
  /** From now on messages leave by `carry`; null while there is no way. */
  use(carry: Carry | null): void;
}

/** What waits while a batch is on its way; beyond it the oldest are lost. */
const waitingMax = 10_000;
/** Together in one statement, so that a burst costs few of them. */
const parcelCharsMax = 256 * 1024;

/**
 * Sends messages in their order, one batch after the other: what is added while one is on its way leaves with the next.
 * @param unsent gets what was waiting when the way ended, and what was on it and may have arrived nevertheless.
 */
export function createOutbox(unsent: (messages: readonly Message[]) => void = () => {}): Outbox {
  let carry: Carry | null = null;
  let waiting: Message[] = [];
  /** Null while nothing is on its way. What another one has taken the place of was given up. */
  let onItsWay: { parcel: readonly Message[] } | null = null;

  const takeParcel = (): Message[] => {
    let chars = 0;
    const end = waiting.findIndex(
      ([topic, message]) => (chars += topic.length + message.length) > parcelCharsMax,
    );
    const parcel = waiting.slice(0, end === -1 ? waiting.length : Math.max(end, 1));
    waiting = waiting.slice(parcel.length);
    return parcel;
  };
  const send = async (by: Carry): Promise<void> => {
    while (waiting.length > 0) {
      const parcel = takeParcel();
      const own = { parcel };
      onItsWay = own;
      // Trouble with the connection is seen, and mended, where the connection is kept.
      const left = await by(parcel).then(
        () => true,
        () => false,
      );
      if (onItsWay !== own) return;
      if (!left) unsent(parcel);
    }
    onItsWay = null;
  };

  return {
    add(message) {
      if (carry === null) return unsent([message]);
      waiting.push(message);
      if (waiting.length > waitingMax) waiting.splice(0, waitingMax / 2);
      if (onItsWay !== null) return;
      const [by, soon] = [carry, { parcel: [] }];
      onItsWay = soon;
      // After the turn in progress, so that what is said in it leaves together.
      queueMicrotask(() => {
        if (onItsWay === soon) void send(by);
      });
    },
    use(next) {
      const left = [...(onItsWay?.parcel ?? []), ...waiting];
      carry = next;
      onItsWay = null;
      waiting = [];
      if (left.length > 0) unsent(left);
    },
  };
}
