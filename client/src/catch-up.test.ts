import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReader, type Position } from './catch-up.ts';
import type { AnyEvent } from './state/reducers.ts';
import { createFakeClock, type FakeClock } from './testing/fake-clock.ts';

const eventAt = (seq: number, epoch = 1): AnyEvent => ({
  stream: 'room:1',
  epoch,
  seq,
  at: 0,
  name: 'message.sent',
  data: seq,
});

/** A reader whose server answers through `deliver`, which the test bends as it likes. */
function createReading(clock: FakeClock = createFakeClock()) {
  const log: AnyEvent[] = [];
  const applied: number[] = [];
  let position: Position | null = { epoch: 1, seq: 0 };
  const asked: number[] = [];
  let lost = 0;
  const reading = {
    clock,
    log,
    applied,
    asked,
    get lost() {
      return lost;
    },
    answer: (_after: number) => {},
    append() {
      log.push(eventAt(log.length + 1));
    },
    takeSnapshot() {
      applied.splice(0, Infinity, ...log.map(({ seq }) => seq));
      position = { epoch: 1, seq: log.length };
      reader.resume();
    },
  };
  const reader = createReader({
    clock,
    position: () => position,
    apply(event) {
      applied.push(event.seq);
      position = { epoch: event.epoch, seq: event.seq };
    },
    ask() {
      const after = position?.seq ?? 0;
      asked.push(after);
      reading.answer(after);
    },
    onLost() {
      lost += 1;
      position = null;
    },
  });
  return Object.assign(reading, { reader });
}

describe('reading a stream', () => {
  test('applies in order, drops what it had, holds back what is ahead', () => {
    const { reader, applied, asked } = createReading();
    for (const seq of [1, 2, 2, 1, 5, 4, 3, 6]) reader.receive(eventAt(seq));
    expect(applied).toEqual([1, 2, 3, 4, 5, 6]);
    expect(asked).toEqual([2]);
  });

  test('asks again as long as the gap stays, and not after it is filled', async () => {
    const { reader, asked, clock } = createReading();
    reader.receive(eventAt(3));
    await clock.elapse(5_000);
    expect(asked).toEqual([0, 0, 0]);
    for (const seq of [1, 2]) reader.receive(eventAt(seq));
    await clock.elapse(60_000);
    expect(asked).toEqual([0, 0, 0]);
  });

  test('asks when the server says that it should be further', () => {
    const { reader, asked } = createReading();
    reader.hearOfHead(0);
    expect(asked).toEqual([]);
    reader.hearOfHead(4);
    expect(asked).toEqual([0]);
  });

  test('another epoch loses the stream once; until a snapshot is taken nothing is applied', () => {
    const reading = createReading();
    const { reader, applied } = reading;
    reader.receive(eventAt(1));
    reader.receive(eventAt(2, 2));
    reader.receive(eventAt(3, 2));
    reader.receive(eventAt(2));
    reader.lose();
    expect(reading.lost).toBe(1);
    expect(applied).toEqual([1]);
  });

  test('a hundred thousand events ahead are not all held, and nothing is lost by that', () => {
    const reading = createReading();
    const { reader, applied, log } = reading;
    for (let n = 0; n < 100_000; n += 1) reading.append();
    reading.answer = (after) => {
      reading.answer = () => {};
      for (const event of log.slice(after)) reader.receive(event);
    };
    for (const event of log.slice(1)) reader.receive(event);
    expect(applied).toHaveLength(100_000);
  });

  test('whatever is lost, repeated or late: after a quiet time all is there once and in order', async () => {
    const fate = fc.constantFrom('deliver', 'drop', 'twice', 'late', 'late twice');
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('append' as const), fate }),
        fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 3_000 }) }),
        fc.constant({ kind: 'reconnect' as const }),
        fc.constant({ kind: 'resync' as const }),
      ),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(steps, fc.array(fate, { minLength: 1, maxLength: 7 }), async (script, fates) => {
        const reading = createReading();
        const { reader, clock, log } = reading;
        let deliveries = 0;
        let isQuiet = false;
        const deliver = (event: AnyEvent, how: string): void => {
          if (how === 'deliver' || how === 'twice') reader.receive(event);
          if (how === 'twice') reader.receive(event);
          if (how.startsWith('late')) clock.after(700, () => reader.receive(event));
          if (how === 'late twice') clock.after(2_500, () => reader.receive(event));
        };
        reading.answer = (after) => {
          for (const event of log.slice(after)) {
            deliveries += 1;
            deliver(event, isQuiet ? 'deliver' : (fates[deliveries % fates.length] ?? 'drop'));
          }
        };
        for (const step of script) {
          if (step.kind === 'wait') await clock.elapse(step.ms);
          if (step.kind === 'reconnect') reader.pause();
          if (step.kind === 'resync') {
            reader.lose();
            clock.after(1_000, reading.takeSnapshot);
          }
          if (step.kind !== 'append') continue;
          reading.append();
          for (const event of log.slice(-1)) deliver(event, step.fate);
        }
        isQuiet = true;
        await clock.elapse(2_500);
        reading.append();
        for (const event of log.slice(-1)) deliver(event, 'deliver');
        await clock.elapse(5_000);
        expect(reading.applied).toEqual(log.map(({ seq }) => seq));
      }),
      { numRuns: 300 },
    );
  });
});
