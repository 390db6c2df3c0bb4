import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { createIndexedDbStorage } from './indexed-db.ts';
import { createMemoryStorage } from './memory.ts';

let databases = 0;
const adapters = {
  memory: () => createMemoryStorage(),
  indexedDb: () => createIndexedDbStorage(`storage-${(databases += 1)}`),
};

describe.each(Object.entries(adapters))('storage: %s', (_, create) => {
  test('gives back what was written, by value', async () => {
    const storage = create();
    const value = { text: 'one', tags: ['a'] };
    await storage.write(new Map([['room:1', value]]));
    value.tags.push('changed afterwards');

    const read = await storage.read('room:1');
    expect(read).toEqual({ text: 'one', tags: ['a'] });
    (read as typeof value).text = 'changed too';
    expect(await storage.read('room:1')).toEqual({ text: 'one', tags: ['a'] });
    expect(await storage.read('room:2')).toBeUndefined();
  });

  test('lists by the beginning of the key, in order, and nothing else', async () => {
    const storage = create();
    await storage.write(
      new Map([
        ['room:2', 2],
        ['room:1', 1],
        ['rooms', 0],
        ['user:1', 9],
      ]),
    );
    expect(await storage.list('room:')).toEqual([
      ['room:1', 1],
      ['room:2', 2],
    ]);
    expect(await storage.list('draft:')).toEqual([]);
  });

  test('undefined removes, clear removes all', async () => {
    const storage = create();
    await storage.write(
      new Map([
        ['a:1', 1],
        ['a:2', 2],
      ]),
    );
    await storage.write(
      new Map([
        ['a:1', undefined],
        ['a:3', 3],
      ]),
    );
    expect(await storage.list('a:')).toEqual([
      ['a:2', 2],
      ['a:3', 3],
    ]);
    await storage.clear();
    expect(await storage.list('')).toEqual([]);
  });

  test('a write that fails changes nothing', async () => {
    const storage = create();
    await storage.write(new Map([['a:1', 'kept']]));
    const cannotBeCopied = () => {};
    await expect(
      storage.write(
        new Map<string, unknown>([
          ['a:1', 'lost'],
          ['a:2', cannotBeCopied],
        ]),
      ),
    ).rejects.toThrow();
    expect(await storage.list('a:')).toEqual([['a:1', 'kept']]);
  });
});

test('two clients of one browser share one database, and a newer one waits for none', async () => {
  const [one, other] = [createIndexedDbStorage('shared'), createIndexedDbStorage('shared')];
  await one.write(new Map([['a:1', 1]]));
  expect(await other.read('a:1')).toBe(1);
  one.close();
  expect(await one.read('a:1')).toBe(1);
});
