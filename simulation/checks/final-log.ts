/** What the log itself owes, whoever wrote it: numbers without holes, and rows that say what the events say. */
import type { Findings } from './findings.ts';
import type { LogReading, LogStream } from './log-reading.ts';

export function checkFinalLog(log: LogReading, findings: Findings): void {
  for (const stream of log.streams.values()) checkNumbers(stream, findings);
  checkMessages(log, findings);
  checkMemberships(log, findings);
}

function checkNumbers({ name, head, events }: LogStream, findings: Findings): void {
  const hole = events.findIndex(({ seq }, index) => seq !== index + 1);
  if (hole !== -1) findings.broken('numbers', `${name} has no event ${hole + 1}.`, [name]);
  if (events.length !== head) {
    findings.broken('numbers', `${name} stands at ${head} and holds ${events.length} events.`, [name]);
  }
}

function checkMessages(log: LogReading, findings: Findings): void {
  const ordinals = new Map<string, number>();
  const texts = new Map<string, string>();
  const clientIds = new Set<string>();
  for (const message of log.messages) {
    const event = log.streams.get(`room:${message.roomId}`)?.events[message.seq - 1];
    const data = event?.data as { message?: { id: string } } | undefined;
    if (event?.name !== 'message.sent' || data?.message?.id !== message.id) {
      findings.broken('rows', `message ${message.id} is not what its event ${message.seq} says.`, [
        message.id,
      ]);
    }
    if (message.ordinal !== null) {
      const expected = (ordinals.get(message.roomId) ?? 0) + 1;
      ordinals.set(message.roomId, expected);
      if (message.ordinal !== expected) {
        findings.broken('numbers', `message ${message.id} has place ${message.ordinal}, not ${expected}.`, [
          message.id,
        ]);
      }
    }
    const once = `${message.authorId} ${message.clientId}`;
    if (clientIds.has(once)) findings.broken('once', once, [message.clientId]);
    clientIds.add(once);
    texts.set(message.id, message.text);
  }
  for (const { name, kind, id, ordinal } of log.streams.values()) {
    if (kind === 'room' && ordinal !== (ordinals.get(id) ?? 0)) {
      findings.broken('rows', `${name} counts ${ordinal} messages and holds ${ordinals.get(id) ?? 0}.`, [
        name,
      ]);
    }
  }
}

function checkMemberships(log: LogReading, findings: Findings): void {
  for (const { id, memberCount } of log.rooms) {
    const told = membersByEvents(log.streams.get(`room:${id}`));
    const rows = new Set(log.memberships.filter(({ roomId }) => roomId === id).map(({ userId }) => userId));
    const same = told.size === rows.size && [...told].every((userId) => rows.has(userId));
    if (!same) {
      const how = `room ${id}: the events say ${[...told].join()}, the rows ${[...rows].join()}.`;
      findings.broken('rows', how, [`room:${id}`]);
    }
    if (memberCount !== rows.size) {
      findings.broken('rows', `room ${id} counts ${memberCount} members and has ${rows.size}.`, [
        `room:${id}`,
      ]);
    }
  }
}

export function membersByEvents(stream: LogStream | undefined): Set<string> {
  const members = new Set<string>();
  for (const { name, data } of stream?.events ?? []) {
    if (name === 'member.joined') members.add((data as { member: { userId: string } }).member.userId);
    if (name === 'member.left') members.delete((data as { userId: string }).userId);
  }
  return members;
}
