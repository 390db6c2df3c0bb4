import { describe, expect, it } from 'vitest';
import { createRoomQueues } from './room-queues.ts';

const entry = (roomId: string, n: number, threadId: string | null = null) => ({
  item: { message: { roomId, threadId } },
  n,
});
type Entry = ReturnType<typeof entry>;
const outline = (batch: readonly Entry[]): string =>
  batch.map(({ item, n }) => `${item.message.roomId}${n}`).join(' ');

describe('the queues of rooms', () => {
  it('give a batch of all ready rooms, each in its order', () => {
    const queues = createRoomQueues<Entry>();
    for (const [room, n] of [
      ['a', 1],
      ['b', 1],
      ['a', 2],
      ['c', 1],
    ] as const) {
      queues.add(entry(room, n));
    }
    expect(queues.size).toBe(4);
    expect(outline(queues.take(10))).toBe('a1 a2 b1 c1');
    expect([queues.size, outline(queues.take(10))]).toEqual([0, '']);
  });

  it('hold back busy rooms until they are released', () => {
    const queues = createRoomQueues<Entry>();
    queues.add(entry('a', 1));
    queues.take(10);
    queues.add(entry('a', 2));
    queues.add(entry('b', 1));
    expect(outline(queues.take(10))).toBe('b1');
    queues.release(['a']);
    expect(outline(queues.take(10))).toBe('a2');
  });

  it('let rooms take turns, however much waits in one', () => {
    const queues = createRoomQueues<Entry>();
    for (let n = 1; n <= 5; n += 1) queues.add(entry('a', n));
    queues.add(entry('b', 1));
    expect(outline(queues.take(2))).toBe('a1 a2');
    expect(outline(queues.take(2))).toBe('b1');
    queues.add(entry('b', 2));
    queues.release(['a', 'b']);
    expect(outline(queues.take(2))).toBe('a3 a4');
    expect(outline(queues.take(2))).toBe('b2');
  });

  it('take one reply of a thread at a time, and nothing past it', () => {
    const queues = createRoomQueues<Entry>();
    queues.add(entry('a', 1, 't'));
    queues.add(entry('a', 2, 'u'));
    queues.add(entry('a', 3, 't'));
    queues.add(entry('a', 4));
    expect(outline(queues.take(10))).toBe('a1 a2');
    queues.release(['a']);
    expect(outline(queues.take(10))).toBe('a3 a4');
  });
});
