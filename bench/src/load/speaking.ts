import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '@confab/protocol';
import { chooseAction, choosePace, idleMs, type Actor } from './office.ts';
import type { Plan } from './load-words.ts';
import type { Session } from './session.ts';

/** About 250 bytes, as in the loads of the sizing guide. */
export const words = 'The quick brown fox jumps over the lazy dog and then writes about it at some length. '
  .repeat(3)
  .slice(0, 250);

export interface Speaking {
  readonly sessions: readonly Session[];
  readonly plan: Plan;
  readonly random: () => number;
  readonly actorOf: (session: Session) => Actor;
  /** What was asked and how long it took; an error when it did not succeed. */
  readonly timed: (work: () => Promise<unknown>) => Promise<void>;
}

/** Carries out a plan until it is stopped; then waits for what is under way. */
export function startSpeaking(speaking: Speaking): () => Promise<void> {
  const ending = new AbortController();
  const { signal } = ending;
  // Everybody who rests listens for the end.
  setMaxListeners(0, signal);
  const loops = loopsOf(speaking, signal);
  return async () => {
    ending.abort();
    await Promise.all(loops);
  };
}

function loopsOf({ sessions, plan, random, actorOf, timed }: Speaking, signal: AbortSignal): Promise<void>[] {
  const rest = (ms: number): Promise<void> => pause(ms, undefined, { signal }).catch(() => {});
  const some = (n: number): Session | undefined => sessions[n % sessions.length];
  let next = 0;
  const sayOnce = (): Promise<void> => {
    const session = some(next++);
    return session ? timed(() => actorOf(session).say(session.seat.watches)) : Promise.resolve();
  };
  if (plan.kind === 'flood') {
    const most = sessions.length * limits.socketCallsInFlightMax;
    return Array.from({ length: Math.min(plan.inFlight, most) }, () => whileOn(signal, sayOnce));
  }
  if (plan.kind === 'steady') return [keepTime(plan.perSecond, { signal, rest, sayOnce })];
  if (plan.kind === 'silence') return [];
  return sessions.map(async (session) => {
    const actor = actorOf(session);
    const pace = choosePace(random());
    // At the beginning everybody is somewhere in a pause.
    await rest(random() * idleMs(random(), pace));
    while (!signal.aborted) {
      const action = chooseAction(random());
      if (action) await timed(() => action.act(actor));
      await rest(idleMs(random(), pace));
    }
  });
}

async function whileOn(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) await work();
}

async function keepTime(
  perSecond: number,
  {
    signal,
    rest,
    sayOnce,
  }: { signal: AbortSignal; rest: (ms: number) => Promise<void>; sayOnce: () => Promise<void> },
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const periodMs = 1_000 / perSecond;
  for (let next = performance.now(); !signal.aborted; next += periodMs) {
    await rest(Math.max(0, next - performance.now()));
    if (signal.aborted) break;
    const said = sayOnce();
    underWay.add(said);
    void said.finally(() => underWay.delete(said));
  }
  await Promise.all(underWay);
}
