import type { Storage } from './platform/index.ts';
import type { State } from './state/state.ts';
import type { Underway } from './state/underway.ts';

/** The outbox's entries in the state that views read, and on the device. A failing device loses nothing in memory. */
export interface KeptCommands {
  /** Shows an entry; the device is not touched. */
  put(entry: Underway): void;
  /** Takes an entry away, on the device too, unless a newer one has its place. */
  remove(entry: Underway): void;
  write(entry: Underway): Promise<void>;
  /** As it is on the device now; undefined when it is not there any more. */
  read(entry: Underway): Promise<Underway | undefined>;
  /** All that the device holds, in the order in which they were made. */
  list(): Promise<Underway[]>;
  touch(entry: Underway): void;
}

export function createKeptCommands(deps: {
  state: State;
  storage: Storage;
  onFailure: (error: unknown) => void;
}): KeptCommands {
  const { state, storage } = deps;

  function touch({ name, roomId, input }: Underway): void {
    const thread = 'threadId' in input && input.threadId ? input.threadId : null;
    state.touch('outbox');
    if (name === 'message.send') {
      state.touch(`timeline:${roomId}`);
      if (thread) state.touch(`thread:${thread}`);
    } else if (name === 'draft.set') {
      state.touch('drafts');
    } else if (name === 'read.upTo') {
      state.touch('rooms');
      state.touch(`room:${roomId}`);
    } else {
      state.touch('threads');
      if (thread) state.touch(`thread:${thread}`);
    }
  }

  async function attempt<Result>(work: () => Promise<Result>, otherwise: Result): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      deps.onFailure(error);
      return otherwise;
    }
  }

  return {
    put(entry) {
      state.outbox.set(entry.id, entry);
      touch(entry);
    },
    remove(entry) {
      if (state.outbox.get(entry.id) !== entry) return;
      state.outbox.delete(entry.id);
      touch(entry);
      void attempt(() => storage.write(new Map([[keyOf(entry), undefined]])), undefined);
    },
    write: (entry) => attempt(() => storage.write(new Map([[keyOf(entry), entry]])), undefined),
    read: (entry) => attempt(() => storage.read(keyOf(entry)) as Promise<Underway | undefined>, entry),
    async list() {
      const kept = await attempt(() => storage.list('outbox:'), []);
      return kept.map(([, value]) => value as Underway).toSorted((a, b) => a.order - b.order);
    },
    touch,
  };
}

function keyOf({ id }: Underway): string {
  return `outbox:${id}`;
}
