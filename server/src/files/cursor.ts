/** Reads a stream of bytes in the steps that its format has. */
export interface Cursor {
  /** Bytes that were taken and skipped so far. */
  at(): number;
  /** The next `count` bytes, fewer at the end. What is taken is held in memory: ask for little. */
  take(count: number): Promise<Buffer>;
  /** @returns how many there were, fewer than `count` at the end. */
  skip(count: number): Promise<number>;
}

export function createCursor(bytes: AsyncIterable<Uint8Array>): Cursor & { close(): Promise<void> } {
  const source = bytes[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let passed = 0;
  const next = async (): Promise<boolean> => {
    for (;;) {
      const result = await source.next();
      if (result.done === true) return false;
      if (result.value.length === 0) continue;
      const more = Buffer.from(result.value.buffer, result.value.byteOffset, result.value.length);
      held = held.length === 0 ? more : Buffer.concat([held, more]);
      return true;
    }
  };
  return {
    at: () => passed,
    async take(count) {
      while (held.length < count && (await next()));
      const taken = held.subarray(0, count);
      held = held.subarray(taken.length);
      passed += taken.length;
      return taken;
    },
    async skip(count) {
      let left = count;
      while (left > 0 && (held.length > 0 || (await next()))) {
        const step = Math.min(left, held.length);
        held = held.subarray(step);
        left -= step;
      }
      passed += count - left;
      return count - left;
    },
    async close() {
      await source.return?.();
    },
  };
}
