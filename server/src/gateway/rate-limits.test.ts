import { describe, expect, it } from 'vitest';
import { Refusal } from '../kit/refusal.ts';
import { createMemoryBus, createMemoryWire } from '../platform/bus/index.ts';
import { createManualClock } from '../platform/clock/index.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import { createRateLimits } from './rate-limits.ts';

const log = createMemoryLog();

it('takes nothing away when the time of day jumps back', () => {
  const manual = createManualClock();
  let offsetMs = 0;
  const clock = { ...manual, now: () => manual.now() + offsetMs };
  const bus = createMemoryBus({ log });
  const limits = createRateLimits({ clock, bus, nodeId: 'a', callsPerMinute: 10, sendsPerMinute: 10 });
  limits.take('user.list', '7');
  offsetMs = -200_000;
  limits.take('user.list', '7');
  expect(limits.left('7').remaining).toBe(8);
  manual.elapse(60_000);
  expect(limits.left('7').remaining).toBe(10);
});

describe('of several nodes', () => {
  const open = () => {
    const clock = createManualClock();
    const wire = createMemoryWire();
    const nodes = ['a', 'b', 'c'].map((nodeId) =>
      createRateLimits({
        clock,
        bus: createMemoryBus({ log, wire }),
        nodeId,
        callsPerMinute: 600,
        sendsPerMinute: 60,
      }),
    );
    /** A second, and then what is on the wire arrives. */
    const elapse = async (): Promise<void> => {
      clock.elapse(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    };
    return { nodes, elapse };
  };

  it('what is used on one is missing on the others a second later', async () => {
    const { nodes, elapse } = open();
    const [a, b, c] = nodes;
    for (let n = 0; n < 60; n += 1) a?.take('message.send', '7');
    await elapse();
    for (const node of [b, c]) expect(() => node?.take('message.send', '7')).toThrow(Refusal);
    c?.take('message.send', '8');
    await elapse();
    // Each second one is given back.
    b?.take('message.send', '7');
    expect(() => b?.take('message.send', '7')).toThrow(Refusal);
  });

  it('messages that are none, and its own, take nothing away', async () => {
    const clock = createManualClock();
    const bus = createMemoryBus({ log });
    const limits = createRateLimits({ clock, bus, nodeId: 'a', callsPerMinute: 60, sendsPerMinute: 60 });
    for (const text of [
      '',
      '[]',
      '["b",7]',
      '["b",[["call 7"]]]',
      '["b",[["call 7",-5]]]',
      '["a",[["call 7",9]]]',
    ])
      bus.publish('rate-limits.used', text);
    await new Promise((resolve) => setImmediate(resolve));
    expect(limits.left('7').remaining).toBe(60);
  });
});
