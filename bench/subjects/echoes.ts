/** Where nothing acknowledges, a message has arrived when a member has it: senders keep a window and do not flood. */
import { randomBytes } from 'node:crypto';

export interface Echoes {
  /** Sends under a new id; resolves when it was heard. */
  say(send: (id: string) => void): Promise<void>;
  /** What a member received. */
  hear(text: string): void;
}

/** @param pattern whose first group is the id */
export function createEchoes(pattern: RegExp): Echoes {
  const waiting = new Map<string, () => void>();
  const prefix = randomBytes(6).toString('hex');
  let next = 0;
  return {
    say(send) {
      next += 1;
      const id = `${prefix}-${String(next).padStart(9, '0')}`;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        send(id);
      });
    },
    hear(text) {
      const id = pattern.exec(text)?.[1];
      if (id === undefined) return;
      waiting.get(id)?.();
      waiting.delete(id);
    },
  };
}
