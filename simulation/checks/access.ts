/**
 * Who may read what, worked out from the log alone. A room's event may reach somebody only while they may read the room
 * at that number or a later one: what was before somebody came may be read later, what came after they left may not.
 */
import type { Findings } from './findings.ts';
import type { LogReading, LogStream } from './log-reading.ts';
import type { Recording } from './recording.ts';

export interface AccessDeps {
  readonly log: LogReading;
  readonly recording: Recording;
  /** The room's last number after so many transactions. */
  headAfter: (stream: string, transactions: number) => number;
  readonly findings: Findings;
}

export function checkAccess({ log, recording, headAfter, findings }: AccessDeps): void {
  const readers = new Map(
    [...log.streams.values()].map((stream) => [stream.name, readableAt(log, stream)] as const),
  );
  for (const { link, userId, stream, seq, transactions } of recording.events) {
    if (!stream.startsWith('room:')) continue;
    const mayRead = readers.get(stream);
    if (mayRead?.(userId, { from: seq, to: headAfter(stream, transactions) }) === true) continue;
    findings.broken('access', `${link}, user ${userId}, got ${stream} ${seq}.`, [link, stream]);
    return;
  }
}

type MayRead = (userId: string, range: { from: number; to: number }) => boolean;

/** May this person read the room at some number of the range? Whoever leaves still receives that they left. */
function readableAt(log: LogReading, stream: LogStream): MayRead {
  const isPublic: boolean[] = [];
  const members: ReadonlySet<string>[] = [];
  let kind = initialKind(log, stream);
  let present: ReadonlySet<string> = new Set<string>();
  for (const { name, data } of stream.events) {
    const before = { kind, present };
    if (name === 'room.changed') kind = (data as { room: { kind: string } }).room.kind;
    if (name === 'member.joined') {
      present = new Set([...present, (data as { member: { userId: string } }).member.userId]);
    }
    if (name === 'member.left') {
      const { userId } = data as { userId: string };
      present = new Set([...present].filter((one) => one !== userId));
    }
    isPublic.push(kind === 'public' || before.kind === 'public');
    members.push(new Set([...before.present, ...present]));
  }
  return (userId, { from, to }) => {
    for (let seq = from; seq <= to; seq += 1) {
      if (isPublic[seq - 1] === true || members[seq - 1]?.has(userId) === true) return true;
    }
    return false;
  };
}

/** The kind a room was made with: what its first member was told. */
function initialKind(log: LogReading, { id }: LogStream): string {
  const told: { kind: string; head: number }[] = [];
  for (const stream of log.streams.values()) {
    if (stream.kind !== 'user') continue;
    for (const { name, data } of stream.events) {
      if (name !== 'room.added') continue;
      const { room, counters } = (
        data as { room: { room: { id: string; kind: string }; counters: { head: number } } }
      ).room;
      if (room.id === id) told.push({ kind: room.kind, head: counters.head });
    }
  }
  return told.sort((a, b) => a.head - b.head)[0]?.kind ?? 'private';
}
