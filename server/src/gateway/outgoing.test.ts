import type { Socket } from 'node:net';
import { beforeEach, expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../platform/clock/index.ts';
import { createOutgoing, waitingBytes, type Departure, type Outgoing } from './outgoing.ts';

let clock: ManualClock;
let outgoing: Outgoing;
/** Each write: to whom, and what. */
let writes: string[];
/** How long the next write takes. */
let writeMs: number;

const departure = (name: string): Departure => ({ socket: name as unknown as Socket, waiting: null });
const [ann, ben, cas] = [departure('ann'), departure('ben'), departure('cas')];
/** What is to happen at the end of this turn has happened. */
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const frame = (text: string): Buffer => Buffer.from(text);

beforeEach(() => {
  clock = createManualClock();
  writes = [];
  writeMs = 0;
  for (const one of [ann, ben, cas]) one.waiting = null;
  outgoing = createOutgoing({
    clock,
    writer: {
      name: 'plain',
      write(sockets, bytes) {
        writes.push(`${(sockets as unknown as string[]).join(' ')}: ${bytes.toString()}`);
        clock.elapse(writeMs);
      },
    },
  });
});

test('one frame for many goes in one go, at the end of the turn', async () => {
  const bytes = frame('one');
  for (const one of [ann, ben, cas]) outgoing.add(one, bytes);
  expect(writes).toEqual([]);
  expect(waitingBytes(ann)).toBe(3);
  await turn();
  expect(writes).toEqual(['ann ben cas: one']);
  expect(waitingBytes(ann)).toBe(0);
});

test('what a turn has for a socket goes in one write, in its order', async () => {
  const [one, two] = [frame('one'), frame('two')];
  for (const bytes of [one, two]) for (const somebody of [ann, ben]) outgoing.add(somebody, bytes);
  outgoing.add(cas, two);
  outgoing.add(cas, one);
  expect(waitingBytes(ann)).toBe(6);
  await turn();
  expect(writes).toEqual(['ann ben: onetwo', 'cas: twoone']);
});

test('what is flushed goes at once, and what comes after it later', async () => {
  outgoing.add(ann, frame('one'));
  outgoing.flush(ann);
  expect(writes).toEqual(['ann: one']);
  outgoing.flush(ann);
  outgoing.add(ann, frame('two'));
  await turn();
  expect(writes).toEqual(['ann: one', 'ann: two']);
});

test('after a crowd the next frames wait for as long as it took, and together', async () => {
  writeMs = 4;
  outgoing.add(ann, frame('one'));
  await turn();
  writeMs = 0;
  outgoing.add(ann, frame('two'));
  outgoing.add(ann, frame('three'));
  clock.elapse(3);
  await turn();
  expect(writes).toEqual(['ann: one']);
  clock.elapse(1);
  await turn();
  expect(writes).toEqual(['ann: one', 'ann: twothree']);
  outgoing.add(ben, frame('four'));
  await turn();
  expect(writes).toHaveLength(3);
});
