/** Lets so many pieces of work run at once; the others wait in order. */
export function createTurns(max: number): { take(work: () => Promise<void>): Promise<void> } {
  let free = max;
  const waiting: (() => void)[] = [];
  return {
    async take(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
