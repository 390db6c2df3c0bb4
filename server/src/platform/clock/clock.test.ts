import { setTimeout as wait } from 'node:timers/promises';
import { clockContract } from './contract.ts';
import { createManualClock } from './manual.ts';
import { systemClock } from './system.ts';

clockContract('system', () => ({ clock: systemClock, elapse: (ms) => wait(ms) }));
clockContract('manual', () => {
  const clock = createManualClock();
  return { clock, elapse: async (ms) => clock.elapse(ms) };
});
