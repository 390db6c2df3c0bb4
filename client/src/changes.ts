/**
 * What can be subscribed to. A key is touched when something that a view under this key shows has changed:
 *   rooms           any room in the sidebar: counters, names, membership, pending reads, drafts do not count
 *   room:ID         one of them
 *   timeline:ID     the messages of a room's timeline, sent ones still under way included
 *   thread:ID       a thread by its root message: the root, replies, what is under way
 *   typing:ID       who writes in a room or its threads
 *   user:ID, users  one person, any person
 *   the rest        what they say
 */
export type Key =
  | 'connection'
  | 'ready'
  | 'workspace'
  | 'emoji'
  | 'preferences'
  | 'users'
  | 'rooms'
  | 'threads'
  | 'drafts'
  | 'scheduled'
  | 'reminders'
  | 'sections'
  | 'saved'
  | 'outbox'
  | `room:${string}`
  | `timeline:${string}`
  | `thread:${string}`
  | `typing:${string}`
  | `user:${string}`
  | `presence:${string}`;

export interface Changes {
  touch(key: Key): void;
  /** Tells everybody once what was touched since the last time. Called at the end of each step: frame, command, timer. */
  flush(): void;
  /** Called after each step that touched `key`; never during it. Returns the way to stop. */
  subscribe(key: Key, listener: () => void): () => void;
  /** Called with all keys of a step. */
  subscribeAll(listener: (keys: ReadonlySet<Key>) => void): () => void;
}

export function createChanges(): Changes {
  const listeners = new Map<Key, Set<() => void>>();
  const forAll = new Set<(keys: ReadonlySet<Key>) => void>();
  let touched = new Set<Key>();
  let flushing = false;

  function flush(): void {
    if (flushing) return;
    flushing = true;
    try {
      // A listener may change things: those are told next, in the same flush.
      while (touched.size > 0) {
        const keys = touched;
        touched = new Set();
        for (const listener of [...forAll]) listener(keys);
        for (const key of keys) for (const listener of [...(listeners.get(key) ?? [])]) listener();
      }
    } finally {
      flushing = false;
    }
  }

  return {
    touch: (key) => touched.add(key),
    flush,
    subscribe(key, listener) {
      const set = listeners.get(key) ?? new Set();
      listeners.set(key, set);
      set.add(listener);
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
      };
    },
    subscribeAll(listener) {
      forAll.add(listener);
      return () => forAll.delete(listener);
    },
  };
}
