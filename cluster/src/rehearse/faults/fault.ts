/** What can be done to a cluster, and how a rehearsal does it. */

export const faultParts = [
  'node',
  'balancer',
  'postgres',
  'redis',
  'files',
  'network',
  'clock',
  'upgrade',
] as const;
export type FaultPart = (typeof faultParts)[number];

export interface Fault {
  /** As in `--only`, such as `node-kill`. */
  readonly name: string;
  /** What happens, as the report says it. */
  readonly title: string;
  /** Whose failure it is. */
  readonly part: FaultPart;
  /** The longest pause in anybody's sends that we aim at, in milliseconds. */
  readonly aimMs: number;
  /** Why it cannot be done to this cluster; most can. */
  readonly impossible?: string;
  /** How long it stays broken. */
  readonly holdMs: number;
  inject(): Promise<void>;
  /** Mends what `inject` broke; called once, also after a failed `inject`. */
  heal(): Promise<void>;
  /** Resolves when all parts are in their places again. */
  settled(): Promise<void>;
}

/** What happened while one fault was there, from its beginning until all was settled. */
export interface FaultRow {
  readonly name: string;
  readonly title: string;
  readonly part: Fault['part'];
  readonly startedAt: number;
  readonly endedAt: number;
  readonly sent: number;
  /** From giving a message to the client to its acknowledgement. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  /** The same for people whose connection did not break. */
  readonly othersLongestMs: number;
  /** The longest time in which nobody at all was acknowledged. */
  readonly silenceMs: number;
  readonly brokenConnections: number;
  readonly reconnectP95Ms: number;
  readonly aimMs: number;
  /** Why the fault could not be done or mended; null when it was. */
  readonly problem: string | null;
}
