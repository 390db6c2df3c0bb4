/** What a call does while the database is away. */
import { limits, type CallName } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../kit/caller.ts';
import type { Handlers } from '../kit/handlers.ts';
import { createManualClock } from '../platform/clock/index.ts';
import { Fault } from '../platform/fault.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import { createSeededRandom } from '../platform/random/index.ts';
import { createDispatch } from './dispatch.ts';

const away = (outcomeUnknown: boolean, retryable = true): Fault =>
  new Fault('no answer', { part: 'postgres', retryable, outcomeUnknown });

/** A node whose handlers meet these faults, one after the other, and then succeed. */
function openNode(faults: Fault[], { stoodStill = false } = {}) {
  const clock = createManualClock();
  let tries = 0;
  const handle = (): Promise<object> => {
    tries += 1;
    const fault = faults.shift();
    return fault === undefined ? Promise.resolve({ done: true }) : Promise.reject(fault);
  };
  const names: CallName[] = ['room.create', 'draft.set', 'token.create', 'message.edit', 'user.list'];
  const dispatch = createDispatch({
    handlers: Object.fromEntries(names.map((name) => [name, handle])) as unknown as Handlers,
    validators: { check() {}, frame: () => ({ t: 'ping' }) },
    limits: { take() {}, left: () => ({ limit: 1, remaining: 1, resetMs: 0 }), close() {} },
    standstill: { isJustOver: () => stoodStill },
    clock,
    random: createSeededRandom(1),
    log: createMemoryLog(),
    measure() {},
  });
  const caller: Caller = {
    address: '',
    userAgent: '',
    startSession() {},
    endSession() {},
    userId: '1',
    role: 'owner',
    scopes: ['read', 'write', 'admin'],
    sessionId: '1',
    tokenId: null,
    connectionId: null,
  };
  /** @returns its reply, after so long at most, and how often its handler was asked */
  const call = async (name: CallName, ms = limits.writePatienceMs + 5_000) => {
    const reply = dispatch.call(name, {}, caller, 'http');
    for (let passed = 0; passed < ms; passed += 100) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.elapse(100);
    }
    const answer = await reply;
    return { tries, answer: answer.ok ? 'done' : answer.error.code };
  };
  return { call };
}

const many = (fault: () => Fault, count: number): Fault[] => Array.from({ length: count }, fault);

describe('a call while the database is away', () => {
  it.each<[CallName, string]>([
    ['room.create', 'carries an id made by the client'],
    ['draft.set', 'sets a value'],
    ['user.list', 'only reads'],
  ])('%s is tried on although it may have happened: it %s', async (name) => {
    const { call } = openNode(many(() => away(true), 8));
    expect(await call(name)).toEqual({ tries: 9, answer: 'done' });
  });

  it.each<[CallName]>([['token.create'], ['message.edit']])('%s is not done twice', async (name) => {
    for (const outcomeUnknown of [true, false]) {
      const { call } = openNode([away(outcomeUnknown)]);
      expect(await call(name)).toEqual({ tries: 1, answer: 'unavailable' });
    }
  });

  it('is answered in the end, and at once where waiting does not help', async () => {
    const { tries, answer } = await openNode(many(() => away(true), 1_000)).call('room.create');
    expect(answer).toBe('unavailable');
    expect(tries).toBeGreaterThan(20);
    expect(tries).toBeLessThan(100);
    expect(await openNode([away(false, false)]).call('room.create')).toEqual({
      tries: 1,
      answer: 'unavailable',
    });
  });
});

describe('a call that lay on the socket of a node that stood still', () => {
  it.each<[CallName, string]>([
    ['token.create', 'unavailable'],
    ['message.edit', 'unavailable'],
    ['room.create', 'done'],
    ['user.list', 'done'],
  ])('%s: %s', async (name, answer) => {
    const { call } = openNode([], { stoodStill: true });
    expect(await call(name, 100)).toEqual({ tries: answer === 'done' ? 1 : 0, answer });
  });
});
