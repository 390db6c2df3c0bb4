import { expect, test } from 'vitest';
import { createBatcher } from './batcher.ts';

/** Answers wait until they are let go. */
function open(atOnceMax: number) {
  const batches: number[][] = [];
  const letGo: (() => void)[] = [];
  const batcher = createBatcher<number, string>({
    atOnceMax,
    batchMax: 3,
    async answer(items) {
      batches.push([...items]);
      await new Promise<void>((resolve) => letGo.push(resolve));
      if (items.includes(13)) throw new Error('the whole batch');
      return items.map((item) => (item < 0 ? new Error(`not ${item}`) : `answer ${item}`));
    },
  });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const finish = async (): Promise<void> => {
    for (let go = letGo.shift(); go !== undefined; go = letGo.shift()) {
      go();
      await turn();
    }
  };
  return { batcher, batches, finish };
}

test('a lone question is asked at once; those that come meanwhile are asked together, in their order', async () => {
  const { batcher, batches, finish } = open(1);
  const answers = [1, 2, 3, 4, 5].map((item) => batcher.ask(item));
  expect(batches).toEqual([[1]]);
  expect(batcher.waiting).toBe(4);
  await finish();
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5].map((item) => `answer ${item}`));
  expect(batcher.waiting).toBe(0);
});

test('so many batches are under way at once', async () => {
  const { batcher, batches, finish } = open(2);
  const answers = [1, 2, 3].map((item) => batcher.ask(item));
  expect(batches).toEqual([[1], [2]]);
  await finish();
  expect(await Promise.all(answers)).toHaveLength(3);
});

test('an error for one is its own; a batch that fails fails for all in it, and the next goes on', async () => {
  const { batcher, finish } = open(1);
  const first = Promise.allSettled([
    batcher.ask(-1),
    batcher.ask(13),
    batcher.ask(2),
    batcher.ask(3),
    batcher.ask(4),
  ]);
  await finish();
  const outcomes = (await first).map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)));
  expect(outcomes).toEqual([
    'Error: not -1',
    'Error: the whole batch',
    'Error: the whole batch',
    'Error: the whole batch',
    'answer 4',
  ]);
});
