import Type, { type Static } from 'typebox';
import { query } from './define.ts';
import { Count, Nothing, Time, nullable, strict } from './shapes.ts';

const Milliseconds = Type.Number({ minimum: 0 });

/** What a node measured in one period. */
export const HealthSample = Type.Object({
  /** The end of the period. */
  at: Time,
  /** Messages that came to the commit lane. */
  sends: Count,
  /** Calls answered, whatever the answer. */
  calls: Count,
  /** Open sockets at the end of the period. */
  connections: Count,
  residentBytes: Count,
  /** The longest time the process could not turn to anything else. */
  loopDelayMs: Milliseconds,
  /** The longest time a message waited for the commit lane. */
  laneWaitMs: Milliseconds,
});
export type HealthSample = Static<typeof HealthSample>;

/** A node that serves the workspace and renews its lease. */
export const LivingNode = Type.Object({
  name: Type.String(),
  version: Type.String(),
  /** Where a balancer reaches it, as host:port; empty until it listens. */
  address: Type.String(),
  state: Type.Enum(['starting', 'serving', 'draining']),
  startedAt: Time,
  /** Open sockets when it last renewed its lease. */
  connections: Count,
  renewedAt: Time,
});

export const Health = Type.Object({
  at: Time,
  /** The node that answers. */
  node: Type.Object({
    name: Type.String(),
    version: Type.String(),
    runtime: Type.String(),
    startedAt: Time,
    residentBytes: Count,
    heapBytes: Count,
    /** Of the last period. */
    loopDelayMs: Milliseconds,
    connections: Count,
    sendsWaiting: Count,
  }),
  database: Type.Object({
    version: Type.String(),
    sizeBytes: Count,
    /** Of all programs that use this server. */
    connections: Count,
    connectionsMax: Count,
    /** One statement there and back. */
    roundTripMs: Milliseconds,
  }),
  bus: Type.Object({ kind: Type.String(), isConnected: Type.Boolean() }),
  /** All that serve the database, by name. */
  nodes: Type.Array(LivingNode),
  /** Durable readers of all streams, of the whole workspace. */
  readers: Type.Array(Type.Object({ name: Type.String(), lagMs: Count })),
  /** Work of this node that comes up again and again. */
  chores: Type.Array(
    Type.Object({
      name: Type.String(),
      lastRunAt: nullable(Time),
      lastTookMs: nullable(Count),
      lastFailure: nullable(Type.Object({ at: Time, message: Type.String() })),
    }),
  ),
  /** How long a period of the samples is. */
  periodMs: Count,
  /** Of this node since it started, oldest first, of half an hour at most. */
  samples: Type.Array(HealthSample),
});
export type Health = Static<typeof Health>;

/** What the doctor looks at together: see docs/operating/doctor.md. */
const examinedAreas = ['machine', 'nodes', 'balancer', 'postgres', 'redis', 'files', 'network'] as const;
export type ExaminedArea = (typeof examinedAreas)[number];

/** One thing that was looked at, in the doctor's own words (English). */
export const Examined = Type.Object({
  /** Requirements of a cluster. */
  ids: Type.Array(Type.String()),
  title: Type.String(),
  status: Type.Enum(['pass', 'warn', 'fail', 'skipped']),
  found: Type.String(),
  /** What to do; null for what passed or was skipped. */
  mend: nullable(Type.String()),
});
export type Examined = Static<typeof Examined>;

export const healthCalls = {
  'workspace.examine': query({
    summary:
      'Look at one area as `confab doctor` does, from the node that answers, for administrators. It may ask the balancer, name servers and time servers, and takes some ten seconds where something does not answer',
    http: 'GET /health/examination',
    scope: 'admin',
    input: Type.Object({ area: Type.Enum([...examinedAreas]) }, strict),
    output: Type.Object({ at: Time, node: Type.String(), rows: Type.Array(Examined) }),
    refusals: ['forbidden', 'unavailable'],
  }),
  'workspace.health': query({
    summary:
      'How the node that answers, the database and the work behind the scenes are doing, for administrators',
    http: 'GET /health',
    scope: 'admin',
    input: Nothing,
    output: Health,
    refusals: ['forbidden'],
  }),
};
