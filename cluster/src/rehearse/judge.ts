/**
 * Judges a rehearsal from what people sent, were told and heard, against what the rooms hold in the end. Shares nothing
 * with the product but the texts of the messages.
 */
import { stirWord, type Word } from './crowd/words.ts';
import type { FileFound } from './crowd/files.ts';
import type { Hearing } from './crowd/witness.ts';

/** A message that was acknowledged to its sender. */
export interface Acknowledged extends Word {
  readonly room: string;
}

/** What a room holds in the end, oldest first. */
export interface RoomLog {
  readonly room: string;
  readonly words: readonly Word[];
}

export interface PersonHeard {
  readonly person: number;
  /** In the end, in the client's words: `live` when all is well. */
  readonly connection: string;
  /** Rooms in which this person was from the first word to the last. */
  readonly rooms: readonly string[];
  readonly hearings: readonly Hearing[];
  /** How many messages the person's client says a room has, and how many of them mention the person. */
  readonly badges: readonly Badge[];
}

export interface Badge {
  readonly room: string;
  readonly shown: string;
  readonly right: string;
}

export interface Verdict {
  readonly acknowledged: number;
  /** Acknowledged, and not in the room in the end, or not with somebody who was there all the time. */
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly wronglyReceived: number;
  readonly wrongBadges: number;
  /** Of what was found, the first few in words. */
  readonly examples: readonly string[];
}

const examplesMax = 20;

export function judge(seen: {
  acknowledged: readonly Acknowledged[];
  logs: readonly RoomLog[];
  people: readonly PersonHeard[];
  /** Of every file that was acknowledged to its uploader. */
  files: readonly FileFound[];
  /** What somebody received from a room that was closed to them then, in words. */
  trespasses: readonly string[];
}): Verdict {
  const findings = createFindings();
  const logs = new Map(seen.logs.map((log) => [log.room, readLog(log.words)]));
  for (const [room, { doubled, late }] of logs) {
    findings.add('doubled', doubled, () => `room ${room} holds ${doubled} messages twice`);
    findings.add(
      'outOfOrder',
      late,
      () => `room ${room} holds ${late} messages after later ones of the same person`,
    );
  }
  for (const { room, speaker, count } of seen.acknowledged) {
    const isThere = logs.get(room)?.counts.get(speaker)?.has(count) === true;
    findings.add(
      'lost',
      isThere ? 0 : 1,
      () => `p${speaker} #${count} was acknowledged and is not in room ${room}`,
    );
  }
  for (const file of seen.files) judgeFile(file, findings);
  for (const person of seen.people) judgePerson(person, logs, findings);
  return {
    acknowledged: seen.acknowledged.length,
    ...findings.counts,
    wronglyReceived: seen.trespasses.length,
    examples: [
      ...findings.examples,
      ...seen.trespasses.slice(0, examplesMax).map((one) => `wronglyReceived: ${one}`),
    ],
  };
}

type Findings = ReturnType<typeof createFindings>;

function createFindings() {
  const counts = { lost: 0, doubled: 0, outOfOrder: 0, wrongBadges: 0 };
  const examples: string[] = [];
  return {
    counts,
    examples,
    add(kind: keyof typeof counts, many: number, example: () => string): void {
      if (many === 0) return;
      counts[kind] += many;
      if (examples.length < examplesMax) examples.push(`${kind}: ${example()}`);
    },
  };
}

function judgeFile({ name, room, isWhole, listed }: FileFound, findings: Findings): void {
  const isLost = !isWhole || listed === 0;
  findings.add('lost', isLost ? 1 : 0, () => {
    const what = isWhole ? 'is not in its list' : 'cannot be read back as it was';
    return `file ${name} of room ${room} was acknowledged and ${what}`;
  });
  findings.add(
    'doubled',
    Math.max(0, listed - 1),
    () => `file ${name} of room ${room} is there ${listed} times`,
  );
}

function judgePerson(
  { person, connection, rooms, hearings, badges }: PersonHeard,
  logs: ReadonlyMap<string, ReturnType<typeof readLog>>,
  findings: Findings,
): void {
  const who = connection === 'live' ? `p${person}` : `p${person} (${connection})`;
  for (const room of rooms) {
    const log = logs.get(room);
    if (!log || log.total === 0) continue;
    const {
      heard = 0,
      doubled = 0,
      order = 0,
      missing = 0,
    } = hearings.find((one) => one.room === room) ?? {};
    findings.add('doubled', doubled, () => `${who} saw ${doubled} messages of room ${room} twice`);
    const missed = log.total - heard;
    findings.add(
      'lost',
      Math.max(0, missed),
      () =>
        `${who} did not see ${missed} of ${log.total} of room ${room}, ${missing} of them before something that came`,
    );
    // Where something is missing, the order cannot be the same.
    const isOther = missed <= 0 && order !== log.order;
    findings.add('outOfOrder', isOther ? 1 : 0, () => `${who} saw room ${room} in another order`);
  }
  for (const { room, shown, right } of badges) {
    findings.add(
      'wrongBadges',
      shown === right ? 0 : 1,
      () => `${who}, room ${room}: shows ${shown}, right is ${right}`,
    );
  }
}

function readLog(words: readonly Word[]) {
  const counts = new Map<number, Set<number>>();
  const last = new Map<number, number>();
  let doubled = 0;
  let late = 0;
  let order = 0;
  let total = 0;
  for (const word of words) {
    const known = counts.get(word.speaker) ?? new Set<number>();
    counts.set(word.speaker, known);
    if (known.has(word.count)) {
      doubled += 1;
      continue;
    }
    known.add(word.count);
    if (word.count < (last.get(word.speaker) ?? 0)) late += 1;
    last.set(word.speaker, Math.max(word.count, last.get(word.speaker) ?? 0));
    order = stirWord(order, word);
    total += 1;
  }
  return { counts, doubled, late, order, total };
}
