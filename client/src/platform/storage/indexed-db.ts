import { openDB, type IDBPDatabase } from 'idb';
import type { Storage } from './index.ts';

const store = 'entries';

/**
 * In the browser's database called `name`, one for each person. Opened when first used. Rejects where the browser
 * gives no database (private windows of some, a full disk).
 */
export function createIndexedDbStorage(name: string): Storage {
  let opening: Promise<IDBPDatabase> | null = null;

  function open(): Promise<IDBPDatabase> {
    opening ??= openDB(name, 1, {
      upgrade(database) {
        database.createObjectStore(store);
      },
      blocking(_from, _to, event) {
        // A newer build in another tab waits for this one to let go.
        (event.target as IDBDatabase).close();
        opening = null;
      },
      terminated() {
        opening = null;
      },
    }).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  return {
    read: async (key) => (await open()).get(store, key),
    async list(prefix) {
      const transaction = (await open()).transaction(store);
      const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      const [keys, values] = await Promise.all([
        transaction.store.getAllKeys(range),
        transaction.store.getAll(range),
      ]);
      return keys.map((key, index) => [key as string, values[index] as unknown]);
    },
    async write(changes) {
      const transaction = (await open()).transaction(store, 'readwrite', { durability: 'relaxed' });
      const requests: Promise<unknown>[] = [];
      try {
        for (const [key, value] of changes) {
          requests.push(
            value === undefined ? transaction.store.delete(key) : transaction.store.put(value, key),
          );
        }
      } catch (error) {
        // A value that cannot be copied does not end the transaction by itself.
        transaction.abort();
        await Promise.allSettled([...requests, transaction.done]);
        throw error;
      }
      await Promise.all([...requests, transaction.done]);
    },
    clear: async () => (await open()).clear(store),
    close() {
      void opening?.then(
        (database) => database.close(),
        () => {},
      );
      opening = null;
    },
  };
}
