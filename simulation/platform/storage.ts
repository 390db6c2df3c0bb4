/** What a device keeps while its client comes and goes. A write takes a while; a reload in between may lose it. */
import { deserialize, serialize } from 'node:v8';
import type { Storage } from '@confab/client/platform/storage/index';
import type { Choices } from '../choices.ts';
import type { Scheduler } from '../scheduler.ts';

export interface Disk {
  /** For the next client on this device; the one before can no longer write. */
  mount(): Storage;
  readonly entries: ReadonlyMap<string, unknown>;
}

const writeMaxMs = 8;

export function createDisk(deps: { scheduler: Scheduler; choices: Choices; owner: string }): Disk {
  const { scheduler, choices, owner } = deps;
  const entries = new Map<string, unknown>();
  let mounts = 0;

  function change(changes: ReadonlyMap<string, unknown>): void {
    for (const [key, value] of changes) {
      if (value === undefined) entries.delete(key);
      else entries.set(key, value);
    }
  }

  return {
    entries,
    mount() {
      mounts += 1;
      const mine = mounts;
      /** Requests are served one after another, as a database in a browser does. */
      let readyAt = 0;

      function serve<Result>(what: string, work: () => Result): Promise<Result> {
        readyAt = Math.max(readyAt, scheduler.nowMs) + choices.between(0.1, writeMaxMs);
        return new Promise((resolve) => {
          scheduler.after(readyAt - scheduler.nowMs, `${owner} disk ${what}`, () => {
            // The device of a client that is gone: what was under way is finished or not.
            if (mine === mounts) resolve(work());
          });
        });
      }

      return {
        read: (key) => serve('read', () => copy(entries.get(key))),
        list: (prefix) =>
          serve('list', () =>
            [...entries.keys()]
              .filter((key) => key.startsWith(prefix))
              .sort()
              .map((key): [string, unknown] => [key, copy(entries.get(key))]),
          ),
        write(changes) {
          const copies = copy(changes);
          return serve('write', () => change(copies));
        },
        clear: () => serve('clear', () => entries.clear()),
        close() {},
      };
    },
  };
}

/** What structuredClone does, without the cost of a channel for each call. */
function copy<Value>(value: Value): Value {
  return deserialize(serialize(value)) as Value;
}
