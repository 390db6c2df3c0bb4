import type { Storage } from './index.ts';

/** Outlives clients in one process; `entries` lets a test look inside. */
export function createMemoryStorage(): Storage & { readonly entries: ReadonlyMap<string, unknown> } {
  const entries = new Map<string, unknown>();
  return {
    entries,
    read: (key) => Promise.resolve(structuredClone(entries.get(key))),
    list(prefix) {
      const keys = [...entries.keys()].filter((key) => key.startsWith(prefix)).toSorted();
      return Promise.resolve(keys.map((key) => [key, structuredClone(entries.get(key))]));
    },
    write(changes) {
      return new Promise((resolve) => {
        const copies = [...changes].map(([key, value]) => [key, structuredClone(value)] as const);
        for (const [key, value] of copies) {
          if (value === undefined) entries.delete(key);
          else entries.set(key, value);
        }
        resolve();
      });
    },
    clear() {
      entries.clear();
      return Promise.resolve();
    },
    close() {},
  };
}
