/**
 * Every call of every door comes through here: known? signed in and allowed? well-formed? not too fast? then its
 * handler. While the database is away, what may be repeated safely is, for some seconds; after a standstill of the node
 * what may not be done twice is refused. The one place where what was thrown becomes words: a refusal its code, a fault
 * `unavailable`, anything else `internal` with an incident id whose story is in the log.
 */
import { calls, errors, limits, type CallName, type ErrorCode, type ErrorEnvelope } from '@confab/protocol';
import type { Caller, Visitor } from '../kit/caller.ts';
import { administers } from '../kit/caller.ts';
import type { Handlers } from '../kit/handlers.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Clock } from '../platform/clock/index.ts';
import { Fault } from '../platform/fault.ts';
import { createPatience, pause } from '../platform/patience.ts';
import type { Log } from '../platform/log/index.ts';
import type { Random } from '../platform/random/index.ts';
import type { RateLimits } from './rate-limits.ts';
import { isRepeatable } from './repeatable.ts';
import type { Standstill } from './standstill.ts';
import type { Validators } from './validators.ts';

export type Reply = { ok: true; output: unknown } | { ok: false; error: ErrorEnvelope };

export type Door = 'http' | 'socket';

export interface Dispatch {
  /** Never throws. */
  call(name: string, input: unknown, by: Visitor | Caller, door: Door): Promise<Reply>;
  /** What a thrown thing looks like from outside. */
  envelope(error: unknown, context: Readonly<Record<string, unknown>>): ErrorEnvelope;
  /** From now on new calls are told to come back. */
  drain(): void;
  /** Resolves when no call is under way. */
  idle(): Promise<void>;
}

export function isCaller(by: Visitor | Caller): by is Caller {
  return 'userId' in by;
}

export function createDispatch(deps: {
  handlers: Handlers;
  validators: Validators;
  limits: RateLimits;
  standstill: Pick<Standstill, 'isJustOver'>;
  clock: Clock;
  random: Random;
  log: Log;
  measure: (name: string, outcome: string, durationMs: number) => void;
}): Dispatch {
  const { handlers, validators, clock, random, log } = deps;
  let draining = false;
  let underWay = 0;
  /** Calls between two tries. */
  let patient = 0;
  let idleListeners: (() => void)[] = [];

  function envelope(error: unknown, context: Readonly<Record<string, unknown>>): ErrorEnvelope {
    if (error instanceof Refusal) return refusalEnvelope(error.code, error.data);
    if (error instanceof Fault) {
      log.warn('a part of the system failed', { ...context, part: error.part, error });
      return refusalEnvelope('unavailable', { part: error.part });
    }
    const incidentId = random.id();
    log.error('a bug was met', { ...context, incidentId, error });
    return { ...refusalEnvelope('internal', {}), incidentId };
  }

  async function answer(name: string, input: unknown, by: Visitor | Caller, door: Door): Promise<unknown> {
    if (!isCallName(name) || (door === 'socket' && !calls[name].overSocket))
      throw new Refusal('unknown_call', { name: name.slice(0, 64) });
    if (draining) throw new Refusal('draining');
    if (!isRepeatable(name) && deps.standstill.isJustOver())
      throw new Refusal('unavailable', { part: 'node' });
    const call = calls[name];
    if (call.scope !== 'none') {
      if (!isCaller(by)) throw new Refusal('unauthenticated');
      if (!by.scopes.includes(call.scope)) throw new Refusal('forbidden', { needs: `scope ${call.scope}` });
      if (call.scope === 'admin' && !administers(by)) throw new Refusal('forbidden', { needs: 'admin' });
    }
    deps.limits.take(name, isCaller(by) ? by.userId : by.address);
    validators.check(name, input);
    const handler = handlers[name] as (by: Visitor | Caller, input: unknown) => Promise<unknown>;
    return patiently(name, () => handler(by, input));
  }

  /** People notice a failover by waiting, and not by an error for what was kept. */
  async function patiently(name: CallName, work: () => Promise<unknown>): Promise<unknown> {
    const patience = createPatience({ clock, untilMs: clock.now() + limits.writePatienceMs });
    for (;;) {
      try {
        return await work();
      } catch (error) {
        const pauseMs = mayRepeat(name, error) && patient < limits.patientCallsMax ? patience(error) : null;
        if (pauseMs === null) throw error;
        patient += 1;
        await pause(clock, pauseMs).finally(() => (patient -= 1));
      }
    }
  }

  return {
    async call(name, input, by, door) {
      const startedAt = clock.now();
      underWay += 1;
      let outcome = 'ok';
      try {
        return { ok: true, output: await answer(name, input, by, door) };
      } catch (error) {
        const refused = envelope(error, { call: name, userId: isCaller(by) ? by.userId : null });
        outcome = refused.code;
        return { ok: false, error: refused };
      } finally {
        deps.measure(isCallName(name) ? name : 'unknown', outcome, clock.now() - startedAt);
        underWay -= 1;
        if (underWay === 0) {
          for (const listener of idleListeners) listener();
          idleListeners = [];
        }
      }
    },
    envelope,
    drain() {
      draining = true;
    },
    idle: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => idleListeners.push(resolve))),
  };
}

/**
 * A fault that says that nothing happened speaks of one transaction; what the handler did before it is kept. So only
 * what may be done twice is.
 */
function mayRepeat(name: CallName, error: unknown): boolean {
  return error instanceof Fault && error.part === 'postgres' && isRepeatable(name);
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

export function refusalEnvelope(code: ErrorCode, data: Readonly<Record<string, unknown>>): ErrorEnvelope {
  return { code, message: errors[code].text, data };
}
