import { createChore, type Chore } from '../platform/chore.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import { inHaste, type Database, type Tx } from '../platform/postgres/index.ts';
import { Problem } from '../platform/problem.ts';
import { checkNeighbours } from './check-neighbours.ts';
import { measureOffset } from './measure-offset.ts';
import { clockRefuseMs, clockWarnMs, offsetWords } from './rules.ts';
import { claimName, forgetOldLeases, giveUpName, joinInTurn, type Holder, type Lease } from './store.ts';

export interface JoinDeps {
  database: Database;
  clock: Clock;
  logbook: Log;
  /** New for every process. */
  id: string;
  name: string;
  version: string;
  /** The database is this node's own: whoever had the name before has ended. */
  alone: boolean;
  connections: () => number;
}

/** A node's place among the others. */
export interface Membership {
  /** Renews the lease. */
  readonly chore: Chore;
  /** Resolves with a sentence when another node has the name now: this one stood still for longer than its lease. */
  readonly lost: Promise<string>;
  /** @param address host:port, where others reach it */
  serve(address: string): void;
  drain(): void;
  /** The others know at once; without it they know when the lease has ended. */
  leave(): Promise<void>;
}

/** A lease holds for ten seconds. */
const renewMs = 3_000;
const askAgainMs = 500;
/**
 * Whoever has not renewed its lease while it was looked at for so long has ended. That the lease is over does not say it:
 * while the database was away nobody could renew theirs. Counted, not timed: a clock that is set back while a node starts
 * would keep it waiting for as long.
 */
const silentLooks = (renewMs + 1_500) / askAgainMs;

/**
 * Throws a Problem when the clock is far off, when a living node has the same name, or one has a version that does not fit.
 * After a crash it waits until the lease of the process before has ended, ten seconds at most, and five at least.
 */
export async function joinCluster(deps: JoinDeps): Promise<Membership> {
  const { database, clock, logbook, id, name, version, connections } = deps;
  const quick = inHaste(database);
  const checkClock = createClockCheck(deps, quick);
  await checkClock({ refuse: true });
  let lease: Lease = {
    id,
    name,
    version,
    address: '',
    state: 'starting',
    startedAt: clock.now(),
    connections: 0,
  };
  await takeName(deps, lease);

  let tellLost: (sentence: string) => void = () => {};
  const lost = new Promise<string>((resolve) => (tellLost = resolve));
  const chore = createChore({
    name: 'node lease',
    clock,
    logbook,
    periodMs: renewMs,
    async work() {
      lease = { ...lease, connections: connections() };
      const holder = await claimName(quick, lease, null);
      if (holder !== null) {
        tellLost(`${takenSentence(name, holder)}: this one stood still for longer than its lease, and ends.`);
      }
      await forgetOldLeases(quick);
      await checkClock({ refuse: false });
    },
  });
  const enter = (change: Partial<Pick<Lease, 'state' | 'address'>>): void => {
    lease = { ...lease, ...change };
    chore.wake();
  };
  return {
    chore,
    lost,
    serve: (address) => enter({ state: 'serving', address }),
    drain: () => enter({ state: 'draining' }),
    async leave() {
      await chore.close();
      await giveUpName(quick, id).catch((error: unknown) => {
        logbook.warn('the other nodes do not know yet that this one has left', { error });
      });
    },
  };
}

/** Warns once each time that the clock goes wrong. */
function createClockCheck({ clock, logbook, name }: JoinDeps, database: Tx) {
  let wasOff = false;
  return async ({ refuse }: { refuse: boolean }): Promise<void> => {
    const offsetMs = await measureOffset(database, clock);
    const isOff = Math.abs(offsetMs) > clockWarnMs;
    if (refuse && Math.abs(offsetMs) > clockRefuseMs) {
      throw new Problem(
        `The clock of node ${name} is ${offsetWords(offsetMs)} the database's, and ${clockRefuseMs / 1_000} s are the most: let both machines keep their time by NTP.`,
      );
    }
    if (isOff && !wasOff) {
      logbook.warn("this node's clock differs from the database's; let both keep their time by NTP", {
        offsetMs,
      });
    }
    wasOff = isOff;
  };
}

/** Whoever renews the lease is alive; whoever does not has ended. */
async function takeName(deps: JoinDeps, lease: Lease): Promise<void> {
  const { database, clock, logbook, name, version, alone } = deps;
  let first: Holder | null = null;
  let looks = 0;
  for (;;) {
    const isSilent: boolean = first !== null && looks >= silentLooks;
    const holder: Holder | null = await database.write(async (tx) => {
      await joinInTurn(tx);
      if (!alone) await checkNeighbours(tx, version);
      return claimName(tx, lease, alone ? 'anybody' : isSilent ? first : null);
    });
    if (holder === null) return;
    if (first !== null && (holder.id !== first.id || holder.renewedAt > first.renewedAt)) {
      throw new Problem(
        `${takenSentence(name, holder)}: give each node a name of its own with --node-name, or stop the other one.`,
      );
    }
    if (first === null) {
      logbook.info('a node of this name was here; looking whether it still lives', {
        name,
        address: holder.address,
      });
      first = holder;
    }
    looks += 1;
    await new Promise<void>((resolve) => clock.after(askAgainMs, resolve));
  }
}

function takenSentence(name: string, { address }: Holder): string {
  return `Another node called ${name} is alive${address === '' ? '' : ` at ${address}`}`;
}
