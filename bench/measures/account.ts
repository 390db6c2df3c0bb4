/** What became of what was acknowledged: looked up in the tables, and seen by a member who reads every event. */
import { sql } from '@confab/server/kit/sql';
import { openMemberSocket } from '../src/member-socket.ts';
import { hello, type ConfabSubject } from '../subjects/confab.ts';

export interface Account {
  acknowledged: number;
  /** Acknowledged and not in the tables, or left out on the way to the witness without a word. */
  lost: number;
  /** Twice in the tables, or twice at the witness. */
  doubled: number;
  /** Came to the witness after a later one. */
  outOfOrder: number;
}

export function together(one: Account, other: Account): Account {
  return {
    acknowledged: one.acknowledged + other.acknowledged,
    lost: one.lost + other.lost,
    doubled: one.doubled + other.doubled,
    outOfOrder: one.outOfOrder + other.outOfOrder,
  };
}

export interface Witness {
  /** Waits until it has seen what stands at the head of the room. */
  finish(): Promise<Pick<Account, 'lost' | 'doubled' | 'outOfOrder'>>;
}

const patienceMs = 30_000;
const heartbeatMs = 10_000;

/** A member of the room who checks every number it is given. */
export async function openWitness(subject: ConfabSubject, roomId: string): Promise<Witness> {
  const found = { lost: 0, doubled: 0, outOfOrder: 0 };
  const seen = new Set<number>();
  let last = 0;
  const watch = (after: number): string => JSON.stringify({ t: 'watch', watch: { roomId, epoch: 1, after } });
  const hear = (seq: number): void => {
    if (seen.has(seq)) found.doubled += 1;
    else if (seq < last) found.outOfOrder += 1;
    else if (seq > last + 1) found.lost += seq - last - 1;
    seen.add(seq);
    last = Math.max(last, seq);
  };
  const socket = await openMemberSocket(
    { port: subject.port, path: '/api/v1/socket' },
    {
      onEvents() {},
      onText(text) {
        if (!text.startsWith('{"t":"event","stream":"room:')) return;
        hear(Number(/"seq":(\d+)/.exec(text)?.[1]));
      },
      // Too far behind: it is told so, and may start again from the head.
      onResync({ head }) {
        last = head;
        socket.sendText(watch(head));
      },
    },
  );
  socket.sendText(hello(subject.people[0]?.token ?? ''));
  socket.sendText(watch(0));
  // Whoever says nothing is taken for lost.
  const heartbeat = setInterval(() => socket.sendText('{"t":"ping"}'), heartbeatMs);
  return {
    async finish() {
      const head = await headOf(subject, roomId);
      const until = performance.now() + patienceMs;
      while (last < head && performance.now() < until)
        await new Promise((resolve) => setTimeout(resolve, 50));
      clearInterval(heartbeat);
      socket.close();
      return { ...found, lost: found.lost + Math.max(0, head - last) };
    },
  };
}

async function headOf({ database }: ConfabSubject, roomId: string): Promise<number> {
  const [row] = await database.rows<{ head: string }>(sql`select head from streams where id = ${roomId}`);
  return Number(row?.head ?? 0);
}

export async function accountFor(subject: ConfabSubject, witness: Witness): Promise<Account> {
  const seen = await witness.finish();
  const ids = subject.acknowledged;
  const rows = await subject.database.rows<{ client_id: string; times: number }>(sql`
    select client_id, count(*)::int as times from messages group by client_id`);
  const kept = new Map(rows.map(({ client_id, times }) => [client_id, times]));
  return {
    acknowledged: ids.length,
    lost: seen.lost + ids.filter((id) => !kept.has(id)).length,
    doubled: seen.doubled + rows.filter(({ times }) => times > 1).length,
    outOfOrder: seen.outOfOrder,
  };
}
