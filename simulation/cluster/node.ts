/** One node: the real wiring on a simulated platform. It starts, crashes, drains and starts again. */
import { createNode, type Node } from '@confab/server/app';
import { joinCluster, type Membership } from '@confab/server/cluster/index';
import { createConnections } from '@confab/server/gateway/connections';
import { createSeededRandom } from '@confab/server/platform/random/index';
import { Problem } from '@confab/server/platform/problem';
import type { Database } from '@confab/server/platform/postgres/index';
import type { Findings } from '../checks/findings.ts';
import type { Choices } from '../choices.ts';
import { createSimulatedClock, type SimulatedClock } from '../platform/clock.ts';
import { createSimulatedDatabase, type SimulatedDatabase } from '../platform/database.ts';
import type { TwoWays } from '../platform/two-ways.ts';
import type { Door, Link } from '../platform/network.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Trace } from '../trace.ts';
import type { Weather } from '../weather.ts';
import type { Build } from './build.ts';
import { nodeSettings, quietPlatform } from './settings.ts';
import { createStrictLog } from './strict-log.ts';

export interface SimulatedNode extends Door {
  readonly state: 'down' | 'starting' | 'up' | 'draining';
  start(): void;
  /** Everything in its memory is gone; a transaction under way is carried out or not. */
  crash(): void;
  /** Leaves in order, then is down. */
  drain(): void;
  /** Its time of day is wrong from now on. */
  setClock(offsetMs: number): void;
  /** Its way to the database is broken until told otherwise. */
  cutDatabase(isCut: boolean): void;
  /** Another server becomes the primary; for so long there is none. */
  failOver(awayMs: number): void;
  /** Under which this life of it has its name; null while it has none. */
  readonly leaseId: string | null;
}

export interface NodeDeps {
  readonly name: string;
  readonly scheduler: Scheduler;
  readonly choices: Choices;
  readonly trace: Trace;
  readonly findings: Findings;
  readonly weather: () => Weather;
  readonly real: Database;
  readonly ways: TwoWays;
  readonly build: Build;
  readonly onAppended: () => Promise<void>;
  readonly links: () => readonly Link[];
}

const startAgainMs = 500;
const drainSpreadMs = 1_000;

/** One life of a node, from its start to its end. */
interface Life {
  node: Node | null;
  /** Its sockets are closed to newcomers. */
  isClosed: boolean;
  readonly clock: SimulatedClock;
  readonly database: SimulatedDatabase;
  readonly leaseId: string;
  membership: Membership | null;
  end(): void;
}

export function createSimulatedNode(deps: NodeDeps): SimulatedNode {
  const { name, scheduler, choices, trace } = deps;
  let state: SimulatedNode['state'] = 'down';
  let life: Life | null = null;
  let offsetMs = 0;
  let databaseIsCut = false;
  let lives = 0;

  function weather(): Weather {
    const { database, ...rest } = deps.weather();
    return { ...rest, database: databaseIsCut ? { ...database, failure: 0.7, answerLost: 0.3 } : database };
  }

  function start(): void {
    state = 'starting';
    trace.note(`${name} starts`);
    const present = begin();
    life = present.life;
    present.node.then(
      (node) => {
        if (life !== present.life) return;
        present.life.node = node;
        state = 'up';
        trace.note(`${name} is up`);
      },
      (error: unknown) => {
        if (life !== present.life) return;
        trace.note(`${name} could not start: ${String(error)}`);
        // Whoever runs the machine reads why, and sets its clock.
        if (error instanceof Problem) offsetMs = 0;
        down();
        scheduler.after(startAgainMs, `${name} is started again`, () => {
          if (state === 'down') start();
        });
      },
    );
  }

  function begin(): { life: Life; node: Promise<Node> } {
    const clock = createSimulatedClock(scheduler, name);
    clock.jumpTo(offsetMs);
    const log = createStrictLog({ name, trace, findings: deps.findings });
    const bus = deps.ways.attach({ name, clock, log });
    const database = createSimulatedDatabase({ ...deps, owner: name, weather });
    const { build } = deps;
    const random = createSeededRandom(Math.floor(choices.between(0, 2 ** 31)));
    const platform = {
      ...quietPlatform,
      ...{ log, bus, random },
      clock: build.clock?.(clock) ?? clock,
      database: build.database?.(database, choices) ?? database,
    };
    const leaseId = `${name}-${(lives += 1)}`;
    const node = join(() =>
      createNode(platform, nodeSettings(name), {
        createConnections: (parts) =>
          createConnections(build.connections?.(parts, { choices, bus }) ?? parts),
      }),
    );
    const end = (): void => {
      clock.stop();
      bus.sever();
      database.sever();
    };
    const present: Life = { node: null, isClosed: false, clock, database, leaseId, membership: null, end };
    return { life: present, node };

    /** As the program does it: first its name, then everything else; without its name it ends. */
    async function join(open: () => Promise<Node>): Promise<Node> {
      const about = { id: leaseId, name, version: '0.0.0', alone: false, logbook: log };
      const membership = await joinCluster({ ...about, database, clock, connections: () => 0 });
      present.membership = membership;
      const node = await open();
      membership.serve(`${name}:80`);
      void membership.lost.then((sentence) => {
        if (build.keepsLostName !== true) void endFor(present, node, sentence);
      });
      return node;
    }
  }

  async function endFor(ending: Life, node: Node, sentence: string): Promise<void> {
    if (life !== ending) return;
    trace.note(`${name} ends: ${sentence}`);
    ending.isClosed = true;
    await node.close();
    await ending.membership?.leave();
    if (life === ending) down();
    scheduler.after(startAgainMs, `${name} is started again`, () => {
      if (state === 'down') start();
    });
  }

  function down(): void {
    for (const link of deps.links()) if (link.node === name) link.abandon();
    life?.end();
    life = null;
    state = 'down';
    trace.note(`${name} is down`);
  }

  async function leave(leaving: Life, node: Node): Promise<void> {
    leaving.membership?.drain();
    await node.drain({ spreadMs: drainSpreadMs });
    leaving.isClosed = true;
    await node.close();
    await leaving.membership?.leave();
    if (life === leaving) down();
  }

  return {
    name,
    get state() {
      return state;
    },
    start,
    crash() {
      trace.note(`${name} crashes`);
      down();
    },
    drain() {
      const leaving = life;
      if (state !== 'up' || !leaving?.node) return;
      state = 'draining';
      trace.note(`${name} drains`);
      void leave(leaving, leaving.node);
    },
    setClock(offset) {
      trace.note(`${name} clock is ${offset} ms off`);
      offsetMs = offset;
      life?.clock.jumpTo(offset);
    },
    cutDatabase(isCut) {
      trace.note(`${name} ${isCut ? 'loses' : 'has'} its database`);
      databaseIsCut = isCut;
    },
    failOver(awayMs) {
      life?.database.failOver(awayMs);
    },
    get leaseId() {
      return life === null || life.node === null ? null : life.leaseId;
    },
    accept(caller, transport) {
      const node = life?.node;
      if (!node || life?.isClosed === true) return null;
      const visitor = {
        address: '192.0.2.1',
        userAgent: caller.device,
        startSession: () => {},
        endSession: () => {},
      };
      const cookie = { kind: 'cookie', secret: caller.secret } as const;
      return node.connections.open(deps.build.transport?.(transport) ?? transport, { visitor, cookie });
    },
  };
}
