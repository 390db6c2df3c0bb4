import { signal, type Signal } from '@preact/signals';
import type { Client, Key } from '@confab/client';

export interface Live {
  /** Whoever calls this while drawing, or in a computed signal, runs again when what the key stands for has changed. */
  follow(key: Key): void;
}

/** The client's changes as signals. A key costs nothing while nobody follows it. */
export function createLive(client: Pick<Client, 'subscribe'>): Live {
  const versions = new Map<Key, Signal<number>>();

  function create(key: Key): Signal<number> {
    let stop = (): void => undefined;
    const version = signal(0, {
      watched: () => {
        stop = client.subscribe(key, () => {
          version.value += 1;
        });
      },
      unwatched: () => {
        stop();
        if (versions.get(key) === version) versions.delete(key);
      },
    });
    versions.set(key, version);
    return version;
  }

  return {
    follow(key) {
      // oxlint-disable-next-line no-unused-expressions -- reading is following
      (versions.get(key) ?? create(key)).value;
    },
  };
}
