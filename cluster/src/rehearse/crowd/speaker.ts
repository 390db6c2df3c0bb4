import {
  createClient,
  createMemoryStorage,
  systemClock,
  systemRandom,
  type Client,
  type Sockets,
} from '@confab/client';
import type { Acknowledged } from '../judge.ts';
import type { Participant } from './people.ts';
import { tapSockets } from './tap.ts';
import { createWitness, type Witness } from './witness.ts';
import { readWord, sayWord } from './words.ts';

/** A message and how long its acknowledgement took. Times are milliseconds since 1970. */
export interface Sending {
  readonly person: number;
  readonly at: number;
  readonly tookMs: number;
}

/** From the loss of a connection to the next welcome. */
export interface Break {
  readonly person: number;
  readonly at: number;
  readonly tookMs: number;
}

/** A person at work: speaks when told to, hears everything, and keeps account of both. */
export interface Speaker {
  readonly person: Participant;
  readonly client: Client;
  readonly witness: Witness;
  readonly acknowledged: readonly Acknowledged[];
  /** Messages given to the client and not acknowledged yet. */
  readonly underway: number;
  /** When the first of them was given; null of none. */
  readonly oldestUnderwayAt: number | null;
  readonly isLive: boolean;
  /** The node this person is connected to, empty before the first welcome. */
  readonly node: string;
  /** Events that came from rooms that are closed to this person at that moment. */
  readonly trespasses: readonly Trespass[];
  enter(): Promise<void>;
  /** @param fileIds of files that this person has uploaded to the room */
  say(room: string, mention?: string, fileIds?: readonly string[]): void;
  /** Between the answer to leaving and the wish to come back, nothing of this room may arrive. */
  setOutside(room: string, outside: boolean): void;
  /** What the client shows of a room: see `badgeText`. */
  badge(room: string): string;
  leave(): Promise<void>;
}

export interface Trespass {
  readonly person: number;
  readonly room: string;
  readonly seq: number;
  /** Whether the person is in that room at other times. */
  readonly isMember: boolean;
}

export function createSpeaker(deps: {
  run: string;
  url: string;
  person: Participant;
  /** That this person may read, always or but for the times outside. */
  rooms: readonly string[];
  sockets: Sockets;
  onSent: (sending: Sending) => void;
  onBreak: (one: Break) => void;
  onRefused: (reason: string) => void;
}): Speaker {
  const { run, person } = deps;
  const witness = createWitness();
  const acknowledged: Acknowledged[] = [];
  const trespasses: Trespass[] = [];
  const counts = new Map<string, number>();
  const outside = new Set<string>();
  const mine = new Set(deps.rooms);
  const waiting = new Set<{ at: number }>();
  let node = '';
  let lostAt: number | null = null;

  const sockets = tapSockets(deps.sockets, {
    closed() {
      lostAt ??= systemClock.now();
    },
    welcomed(name) {
      node = name;
      if (lostAt !== null)
        deps.onBreak({ person: person.index, at: lostAt, tookMs: systemClock.now() - lostAt });
      lostAt = null;
    },
    roomEvent(room, seq) {
      const isMember = mine.has(room);
      if (!isMember || outside.has(room)) trespasses.push({ person: person.index, room, seq, isMember });
    },
  });
  const client = createClient({
    url: deps.url,
    token: person.token,
    name: 'rehearsal',
    messagesMax: 20,
    platform: { clock: systemClock, random: systemRandom, sockets, storage: createMemoryStorage() },
  });
  client.onEvent((event) => {
    if (event.name !== 'message.sent') return;
    const { roomId, text } = event.data.message;
    const word = readWord(run, text);
    if (word) witness.hear(roomId, word);
  });

  return {
    person,
    client,
    witness,
    acknowledged,
    trespasses,
    get underway() {
      return waiting.size;
    },
    get oldestUnderwayAt() {
      const [oldest] = waiting;
      return oldest?.at ?? null;
    },
    get isLive() {
      return client.connection.name === 'live';
    },
    get node() {
      return node;
    },
    async enter() {
      await client.start();
      await client.ready();
      for (const room of deps.rooms) await client.openRoom(room, { history: false });
    },
    say(room, mention, fileIds = []) {
      const count = (counts.get(room) ?? 0) + 1;
      counts.set(room, count);
      const word = { speaker: person.index, count };
      const at = systemClock.now();
      const one = { at };
      waiting.add(one);
      client
        .send(room, {
          text: sayWord(run, word, mention),
          ...(fileIds.length > 0 ? { fileIds: [...fileIds] } : {}),
        })
        .result()
        .then(
          () => {
            acknowledged.push({ room, ...word });
            deps.onSent({ person: person.index, at, tookMs: systemClock.now() - at });
          },
          (error: unknown) => deps.onRefused(String(error)),
        )
        .finally(() => waiting.delete(one));
    },
    setOutside(room, isOutside) {
      if (isOutside) outside.add(room);
      else outside.delete(room);
    },
    badge(room) {
      const found = client.state.rooms.get(room);
      if (!found) return 'no such room';
      return badgeText({ ...found.counters, readOrdinal: found.membership.readOrdinal });
    },
    leave: () => client.stop(),
  };
}

/** @param room.mentions ordinals of unread messages that mention the person */
export function badgeText(room: {
  ordinal: number;
  readOrdinal: number;
  mentions: readonly number[];
}): string {
  const { ordinal, readOrdinal, mentions } = room;
  return `${ordinal} messages, read to ${readOrdinal}, mentioned in ${mentions.join(' ') || 'none'}`;
}
