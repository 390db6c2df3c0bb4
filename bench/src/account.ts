import { openDoor } from '@confab/cluster/rehearse/crowd/door';
import type { Acknowledged, Seat, Testimony } from './load/load-words.ts';
import type { Account } from './result.ts';

/** Compares what was acknowledged with the rooms' logs, and adds what connections found odd in what they were given. */
export async function accountFor(options: {
  url: string;
  seats: readonly Seat[];
  testimonies: readonly Testimony[];
}): Promise<Account> {
  const { url, seats, testimonies } = options;
  const acknowledged = testimonies.flatMap((one) => one.acknowledged);
  const byRoom = grouped(acknowledged);
  let lost = sum(testimonies, ({ gaps }) => gaps);
  let doubled = sum(testimonies, ({ repeats }) => repeats);
  let outOfOrder = sum(testimonies, ({ backwards }) => backwards);
  for (const [roomId, said] of byRoom) {
    const reader = seats.find(({ rooms, watches }) => watches === roomId || rooms.includes(roomId));
    const log = await readLog(url, reader?.token ?? '', roomId);
    for (const [, seq, clientId] of said) {
      const kept = log.get(clientId) ?? [];
      if (kept.length === 0) lost += 1;
      if (kept.length > 1) doubled += 1;
      if (kept.length === 1 && kept[0] !== seq) outOfOrder += 1;
    }
  }
  return { acknowledged: acknowledged.length, lost, doubled, outOfOrder };
}

/** Under which numbers each client id stands in the room's log. */
async function readLog(url: string, token: string, roomId: string): Promise<Map<string, number[]>> {
  const door = openDoor(url, { token });
  const found = new Map<string, number[]>();
  for (let after: number | null = 0; after !== null;) {
    const stream = `room:${roomId}` as const;
    const page: { events: { name: string; seq: number; data: unknown }[]; next: number | null } =
      await door.call('sync.events', { stream, after, limit: 500 });
    for (const { name, seq, data } of page.events) {
      if (name !== 'message.sent') continue;
      const { clientId } = (data as { message: { clientId: string } }).message;
      found.set(clientId, [...(found.get(clientId) ?? []), seq]);
    }
    after = page.next;
  }
  return found;
}

function grouped(all: readonly Acknowledged[]): Map<string, Acknowledged[]> {
  const groups = new Map<string, Acknowledged[]>();
  for (const one of all) {
    const group = groups.get(one[0]);
    if (group) group.push(one);
    else groups.set(one[0], [one]);
  }
  return groups;
}

function sum<One>(all: readonly One[], of: (one: One) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
