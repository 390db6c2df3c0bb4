/**
 * Whether this node alone has lost the database. When all have, nobody is better off elsewhere, and people wait where they
 * are; when the others have it, they should go there. Nodes tell each other by the bus that they have it, which says
 * something as long as the bus is not carried by the database itself.
 */
import { sql } from '../kit/sql.ts';
import type { Bus } from '../platform/bus/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import { inTime } from '../platform/in-time.ts';
import type { Database } from '../platform/postgres/index.ts';

const topic = 'cluster.database';
const askEveryMs = 1_000;
const answerMs = 2_000;
const withoutMsMax = 6_000;
/** After an outage that all waited for, some find the database again seconds before others. */
const othersMsMin = 4_000;
/** What another node said counts for so long. */
const saidMs = 2_500;

export interface CutOffWatch {
  readonly isCutOff: boolean;
  close(): void;
}

/** @param cutOff told once each time that it becomes so */
export function watchForCutOff(deps: {
  database: Database;
  bus: Bus;
  clock: Clock;
  nodeId: string;
  cutOff: () => void;
}): CutOffWatch {
  const { database, bus, clock, nodeId } = deps;
  let answeredAt = clock.now();
  let othersSaidAt = Number.NEGATIVE_INFINITY;
  /** Since when they have said so without a pause. */
  let othersSince = 0;
  let isCutOff = false;
  let asking = false;

  async function ask(): Promise<void> {
    asking = true;
    try {
      const answer = database.rows(sql`select 1 as alive`, { withinMs: answerMs });
      await inTime(answer, { clock, ms: answerMs, words: 'no answer' });
      answeredAt = clock.now();
      bus.publish(topic, nodeId);
    } catch {
      // How long that has been so is looked at below; why, those say who wanted something.
    } finally {
      asking = false;
    }
  }

  function judge(): void {
    const now = clock.now();
    const before = isCutOff;
    const othersHaveIt = now - othersSaidAt < saidMs && now - othersSince > othersMsMin;
    isCutOff = now - answeredAt > withoutMsMax && othersHaveIt;
    if (isCutOff && !before) deps.cutOff();
  }

  const timer = clock.every(askEveryMs, () => {
    judge();
    if (!asking) void ask();
  });
  const unsubscribe = bus.subscribe(topic, (from) => {
    if (from === nodeId) return;
    const now = clock.now();
    if (now - othersSaidAt >= saidMs) othersSince = now;
    othersSaidAt = now;
  });

  return {
    get isCutOff() {
      return isCutOff;
    },
    close() {
      timer.cancel();
      unsubscribe();
    },
  };
}
