/** Builds whose nodes do not look after themselves. */
import type { Build } from '../cluster/build.ts';

const sweepPeriodMs = 2_000;

export const neverSweeps: Build = {
  name: 'never-sweeps',
  what: 'What the bus loses is never looked for.',
  breaks: ['rest'],
  clock: (clock) => ({
    ...clock,
    every: (periodMs, work) =>
      periodMs === sweepPeriodMs ? { cancel: () => {} } : clock.every(periodMs, work),
  }),
};

export const keepsLostName: Build = {
  name: 'keeps-lost-name',
  what: 'Goes on serving when another process has its name.',
  breaks: ['rest'],
  keepsLostName: true,
};

export const hidesQueues: Build = {
  name: 'hides-queues',
  what: 'Never finds a reader’s queue full.',
  breaks: ['bounded'],
  transport: (transport) => ({
    send: (frame) => transport.send(frame),
    queuedBytes: 0,
    onceDrained: (listener) => transport.onceDrained(listener),
    close: (code, reason) => transport.close(code, reason),
  }),
};
