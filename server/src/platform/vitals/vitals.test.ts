import { expect, test, vi } from 'vitest';
import { vitalsContract } from './contract.ts';
import { createStillVitals, createSystemVitals } from './index.ts';

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
