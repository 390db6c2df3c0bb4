import { expect, it } from 'vitest';
import { createManualClock } from '../platform/clock/index.ts';
import { Fault } from '../platform/fault.ts';
import { createSeededRandom } from '../platform/random/index.ts';
import { createAdmission } from './admission.ts';

function open() {
  const clock = createManualClock();
  const admission = createAdmission({
    clock,
    random: createSeededRandom(1),
    insideMax: 2,
    greetingsWaitingMax: 3,
  });
  let inside = 0;
  let insideMost = 0;
  const leave: (() => void)[] = [];
  const stay = async (): Promise<string> => {
    inside += 1;
    insideMost = Math.max(insideMost, inside);
    await new Promise<void>((resolve) => leave.push(resolve));
    inside -= 1;
    return 'welcome';
  };
  return { clock, admission, stay, leave, insideMost: () => insideMost };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('lets a few in at a time, makes some wait, and tells the rest when to come back', async () => {
  const { admission, stay, leave, insideMost } = open();
  const outcomes = Array.from({ length: 8 }, () =>
    admission.greet(stay).catch((refusal: { data: { retryAfterMs: number } }) => refusal.data.retryAfterMs),
  );
  // Who is in already is never sent away.
  const reading = admission.read(stay);
  for (let n = 0; n < 6; n += 1) {
    await turn();
    leave.shift()?.();
  }
  const found = await Promise.all(outcomes);
  expect(await reading).toBe('welcome');
  expect(found.slice(0, 5)).toEqual(Array(5).fill('welcome'));
  const waits = found.slice(5).map(Number);
  for (const ms of waits) expect(ms).toBeGreaterThanOrEqual(1_000);
  expect(new Set(waits).size).toBe(3);
  expect(insideMost()).toBe(2);
});

it('sends away who has waited for so long that they have given up', async () => {
  const { admission, stay, leave, clock } = open();
  const first = [admission.greet(stay), admission.greet(stay)];
  const late = admission.greet(stay);
  const refused = expect(late).rejects.toMatchObject({ code: 'busy' });
  await turn();
  clock.elapse(11_000);
  for (const one of leave) one();
  await Promise.all(first);
  await refused;
});

it('asks again for a while when the database fails, and lets others pass meanwhile', async () => {
  const { admission, clock } = open();
  const away = new Fault('no answer', { part: 'postgres', retryable: true });
  let answers = 0;
  const outcomes = [1, 2, 3].map((one) =>
    admission.greet(async () => {
      answers += 1;
      if (answers <= 5) throw away;
      return one;
    }),
  );
  for (let n = 0; n < 20; n += 1) {
    await turn();
    clock.elapse(100);
  }
  expect(await Promise.all(outcomes)).toEqual([1, 2, 3]);
  const never = expect(admission.greet(() => Promise.reject(away))).rejects.toBe(away);
  for (let n = 0; n < 70; n += 1) {
    await turn();
    clock.elapse(100);
  }
  await never;
});
