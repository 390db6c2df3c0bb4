import { beforeEach, expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../platform/clock/index.ts';
import { watchForStandstill, type Standstill } from './standstill.ts';

let clock: ManualClock;
/** Of the process; goes on while its clock's timers do not run. */
let moment: number;
let standstill: Standstill;

const run = (ms: number): void => {
  for (let passed = 0; passed < ms; passed += 50) {
    moment += 50;
    clock.elapse(50);
  }
};

beforeEach(() => {
  clock = createManualClock();
  moment = 10;
  standstill = watchForStandstill({ clock, vitals: { moment: () => moment } });
});

test('a process that runs, or is busy for a moment, does not stand still', () => {
  run(10_000);
  expect(standstill.isJustOver()).toBe(false);
  moment += 3_000;
  expect(standstill.isJustOver()).toBe(false);
  run(1_000);
  expect(standstill.isJustOver()).toBe(false);
});

test('one that stood still says so before its timers run again, and for a second', () => {
  run(5_000);
  moment += 5_000;
  expect(standstill.isJustOver()).toBe(true);
  run(900);
  expect(standstill.isJustOver()).toBe(true);
  run(200);
  expect(standstill.isJustOver()).toBe(false);
});

test('so does one whose timers ran first', () => {
  run(5_000);
  moment += 5_000;
  run(50);
  expect(standstill.isJustOver()).toBe(true);
});
