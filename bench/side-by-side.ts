/**
 * Servers started together on one Postgres and measured in turn, round by round: what is compared was measured within
 * seconds of each other. A server that is not installed is absent, and so is every ratio with it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { findReaderLags } from '@confab/server/delivery/index';
import { openMembers } from './members.ts';
import { accountFor, openWitness, type Account } from './measures/account.ts';
import { measureFanOut, type FanOut, type Gathering } from './measures/fan-out.ts';
import { gatherAndWeigh, warmUpAccounts } from './measures/memory.ts';
import type { Rate } from './measures/publishing.ts';
import { startEjabberd } from './peers/ejabberd.ts';
import { preparePgbench, type Pgbench } from './peers/pgbench.ts';
import { startProsody } from './peers/prosody.ts';
import { startSocketIo } from './peers/socket-io.ts';
import { startConfab, type ConfabPublisher, type ConfabSubject } from './subjects/confab.ts';
import { startEpollLoop, startWsLoop } from './subjects/loops.ts';
import { startBenchPostgres, type BenchPostgres } from './subjects/postgres.ts';
import type { Subject } from './subjects/subject.ts';

export type PeerName = 'loop' | 'coalescing' | 'ws' | 'socketIo' | 'ejabberd' | 'prosody';

export interface Place extends Gathering {
  /** What a member adds to the process, in bytes; null where it was not weighed. */
  readonly bytesEach: number | null;
}

export interface SideBySide {
  readonly postgres: BenchPostgres;
  readonly pgbench: Pgbench | null;
  readonly confab: Place & {
    readonly subject: ConfabSubject;
    readonly publishers: readonly ConfabPublisher[];
  };
  /** Those that are there. */
  readonly peers: Partial<Record<PeerName, Place>>;
  fanOut(place: Gathering, rate: Rate, seconds: number): Promise<FanOut>;
  /** Resolves when nothing measured before still makes work behind the scenes. */
  settled(): Promise<void>;
  /** Ends the witness, too. */
  account(): Promise<Account>;
  close(): Promise<void>;
}

const publishersOfEach = 8;

export async function startSideBySide(options: {
  members: number;
  /** Without it, members come in at once: weighing takes some seconds for each server. */
  weighs: boolean;
  peers: readonly PeerName[];
  onProgress: (line: string) => void;
}): Promise<SideBySide> {
  const { members, onProgress } = options;
  const postgres = await startBenchPostgres();
  const closing: (() => Promise<void>)[] = [() => postgres.stop()];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    const people = members + warmUpAccounts;
    const enter = async (subject: Subject, look?: () => Promise<readonly number[]>): Promise<Place> => {
      closing.push(() => subject.stop());
      onProgress(`  ${subject.name}: ${members} members come in`);
      const wish = { members, ...(look ? { look } : {}) };
      const gathered = options.weighs
        ? await gatherAndWeigh(subject, wish)
        : { members: await openMembers(subject, members), bytesEach: null };
      closing.push(async () => gathered.members.close());
      const publishers = await openEach(publishersOfEach, () => subject.openPublisher());
      return { subject, publishers, ...gathered };
    };
    const starts: Record<PeerName, () => Promise<Subject | null>> = {
      loop: () => startEpollLoop(),
      coalescing: () => startEpollLoop({ coalesces: true }),
      ws: () => startWsLoop(),
      socketIo: () => startSocketIo(),
      ejabberd: () => startEjabberd(postgres, { members: people }),
      prosody: () => startProsody(postgres, { members: people }),
    };
    const peers: Partial<Record<PeerName, Place>> = {};
    for (const name of options.peers) {
      const subject = await starts[name]();
      if (subject) peers[name] = await enter(subject);
      else onProgress(`  ${name}: not here, left out`);
    }
    const confab = await startConfab(postgres, { people });
    const roomId = confab.roomId();
    const place = await enter(confab, async () => {
      const { rss, heapUsed, external } = await confab.memory();
      return [rss, heapUsed + external];
    });
    const witness = await openWitness(confab, roomId);
    return {
      postgres,
      pgbench: await preparePgbench(postgres),
      confab: {
        ...place,
        subject: confab,
        publishers: await openEach(publishersOfEach, () => confab.openPublisher()),
      },
      peers,
      async fanOut(of, rate, seconds) {
        if (of.subject === confab) await settled(confab);
        return measureFanOut(of, {
          rate,
          seconds,
          warmUpSeconds: 0.8,
          databaseCpuSeconds: postgres.cpuSeconds,
        });
      },
      settled: () => settled(confab),
      account: () => accountFor(confab, witness),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const settlingMsMax = 30_000;

/** What an earlier measurement left to search and statistics is not to count as work of the next one. */
async function settled({ database }: ConfabSubject): Promise<void> {
  for (const until = performance.now() + settlingMsMax; performance.now() < until; await pause(200)) {
    const lags = await findReaderLags(database, Date.now());
    if (lags.every(({ lagMs }) => lagMs === 0)) return;
  }
}

function openEach<One>(count: number, open: () => Promise<One>): Promise<One[]> {
  return Promise.all(Array.from({ length: count }, open));
}
