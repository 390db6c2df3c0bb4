import type { Health } from '@confab/protocol';

/** What an administrator should look at, worst first. */
export type HealthProblem =
  | { readonly kind: 'bus' }
  | { readonly kind: 'chore'; readonly name: string }
  | { readonly kind: 'reader'; readonly name: string; readonly lagMs: number }
  | { readonly kind: 'connections'; readonly used: number; readonly max: number }
  | { readonly kind: 'database'; readonly roundTripMs: number }
  | { readonly kind: 'busy'; readonly loopDelayMs: number };

/** Readers are some tenths of a second behind; for minutes only when something holds them. */
const lagMsMax = 60_000;
const connectionsShareMax = 0.9;
/** What everybody would notice. */
const roundTripMsMax = 200;
const loopDelayMsMax = 500;

export function healthProblems({ bus, chores, database, node, readers }: Health): HealthProblem[] {
  const { connections, connectionsMax, roundTripMs } = database;
  return [
    ...(bus.isConnected ? [] : [{ kind: 'bus' } as const]),
    ...chores.filter(isFailing).map(({ name }) => ({ kind: 'chore', name }) as const),
    ...readers
      .filter(({ lagMs }) => lagMs > lagMsMax)
      .map(({ name, lagMs }) => ({ kind: 'reader', name, lagMs }) as const),
    ...(connections > connectionsMax * connectionsShareMax
      ? [{ kind: 'connections', used: connections, max: connectionsMax } as const]
      : []),
    ...(roundTripMs > roundTripMsMax ? [{ kind: 'database', roundTripMs } as const] : []),
    ...(node.loopDelayMs > loopDelayMsMax ? [{ kind: 'busy', loopDelayMs: node.loopDelayMs } as const] : []),
  ];
}

/** Whether its last run went wrong; one that has gone well since does not count. */
export function isFailing({ lastFailure, lastRunAt }: Health['chores'][number]): boolean {
  return lastFailure !== null && (lastRunAt === null || lastFailure.at >= lastRunAt);
}
