import { expect, test, vi } from 'vitest';
import { vitalsContract } from './contract.ts';
import { createStillVitals, createSystemVitals, releaseMemory } from './index.ts';

vitalsContract('system', createSystemVitals);
vitalsContract('still', createStillVitals);

test('a process that was busy says for how long, once', async () => {
  const vitals = createSystemVitals();
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  await turn();
  let longest = 0;
  await vi.waitFor(async () => {
    const begun = vitals.moment();
    while (vitals.moment() - begun < 150);
    await turn();
    await turn();
    longest = Math.max(longest, vitals.loopDelayMs());
    expect(longest).toBeGreaterThan(60);
  });
  expect(vitals.loopDelayMs()).toBeLessThan(longest);
});

test('memory that nobody uses any more is given back', async () => {
  const unused = new WeakRef({ text: 'from the start' });
  const used = { text: 'still there' };
  const reference = new WeakRef(used);
  // Within its turn a WeakRef holds on.
  await new Promise((resolve) => setImmediate(resolve));
  expect(unused.deref()).toBeDefined();
  await new Promise((resolve) => setImmediate(resolve));
  releaseMemory();
  expect(unused.deref()).toBeUndefined();
  expect(reference.deref()).toBe(used);
});
