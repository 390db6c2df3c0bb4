import { expect, it } from 'vitest';
import { createManualClock } from '../platform/clock/index.ts';
import { Fault } from '../platform/fault.ts';
import { createSeededRandom } from '../platform/random/index.ts';
import { createAdmission, type AdmissionDeps } from './admission.ts';
import type { Identity } from './authentication.ts';

const identityOf = (userId: string): Identity => ({
  ...{ userId, role: 'member', scopes: [], sessionId: null, tokenId: '1', expiresAt: null, prolonged: false },
});

/** Each batch waits until it is let go. */
function open(deps: Partial<AdmissionDeps> = {}) {
  const clock = createManualClock();
  const batches: number[] = [];
  const letGo: (() => void)[] = [];
  const admission = createAdmission(
    {
      clock,
      random: createSeededRandom(1),
      async identify(credentials) {
        batches.push(credentials.length);
        await new Promise<void>((resolve) => letGo.push(resolve));
        return credentials.map(({ secret }) => (secret === 'unknown' ? null : identityOf(secret)));
      },
      readFollows: () => Promise.resolve([]),
      readWatches: () => Promise.resolve([]),
      ...deps,
    },
    { greetingsWaitingMax: 4, batchMax: 3 },
  );
  const greet = (secret: string, isGone = (): boolean => false) =>
    admission
      .greet({ credential: { kind: 'token', secret }, isGone })
      .then((identity) => identity?.userId ?? null);
  const finish = async (): Promise<void> => {
    for (let go = letGo.shift(); go !== undefined; go = letGo.shift()) {
      go();
      await turn();
    }
  };
  return { clock, admission, greet, finish, batches };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('asks after those together who come meanwhile, and tells the rest when to come back', async () => {
  const { greet, finish, batches } = open();
  const outcomes = ['1', '2', 'unknown', '4', '5', '6', '7', '8'].map((secret) =>
    greet(secret).catch((refusal: { data: { retryAfterMs: number } }) => refusal.data.retryAfterMs),
  );
  await finish();
  const found = await Promise.all(outcomes);
  expect(found.slice(0, 5)).toEqual(['1', '2', null, '4', '5']);
  expect(batches).toEqual([1, 3, 1]);
  const waits = found.slice(5).map(Number);
  for (const ms of waits) expect(ms).toBeGreaterThanOrEqual(1_000);
  expect(new Set(waits).size).toBe(3);
});

it('does not ask after those who have left', async () => {
  const { greet, finish, batches } = open();
  let isGone = false;
  const outcomes = [greet('1'), greet('2', () => isGone), greet('3')];
  isGone = true;
  await finish();
  expect(await Promise.all(outcomes)).toEqual(['1', null, '3']);
  expect(batches).toEqual([1, 1]);
});

it('sends away who has waited for so long that they have given up', async () => {
  const { greet, finish, clock } = open();
  const first = greet('1');
  const late = greet('2');
  const refused = expect(late).rejects.toMatchObject({ code: 'busy' });
  clock.elapse(11_000);
  await finish();
  expect(await first).toBe('1');
  await refused;
});

it('asks again for a while when the database fails', async () => {
  const away = new Fault('no answer', { part: 'postgres', retryable: true });
  let answers = 0;
  let failures = 5;
  const { greet, clock } = open({
    async identify(credentials) {
      answers += 1;
      if (answers <= failures) throw away;
      return credentials.map(({ secret }) => identityOf(secret));
    },
  });
  const outcomes = ['1', '2', '3'].map((secret) => greet(secret));
  for (let n = 0; n < 20; n += 1) {
    await turn();
    clock.elapse(100);
  }
  expect(await Promise.all(outcomes)).toEqual(['1', '2', '3']);
  failures = Number.POSITIVE_INFINITY;
  const never = expect(greet('4')).rejects.toBe(away);
  for (let n = 0; n < 100; n += 1) {
    await turn();
    clock.elapse(100);
  }
  await never;
});

it('refuses a room by itself that somebody may not read, and reads the others', async () => {
  const { admission } = open({
    readWatches: (inputs) =>
      Promise.resolve(inputs.map(({ watch }) => (watch.roomId === '8' ? null : { head: 5, isMember: true }))),
  });
  const watch = (roomId: string) =>
    admission.watch({ userId: '1', watch: { roomId, epoch: 1, after: 0 }, isGone: () => roomId === '9' });
  const outcomes = await Promise.allSettled(['7', '8', '9', '7'].map(watch));
  expect(outcomes).toMatchObject([
    { value: { head: 5, isMember: true } },
    { reason: { code: 'not_found' } },
    { value: null },
    { value: { head: 5 } },
  ]);
});
