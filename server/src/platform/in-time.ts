import type { Clock } from './clock/index.ts';

/** The answer, or a rejection with `words` when there is none after `ms`. What was asked goes on. */
export async function inTime<Result>(
  answer: Promise<Result>,
  limit: { clock: Clock; ms: number; words: string },
): Promise<Result> {
  let cancel = (): void => {};
  const late = new Promise<never>((_resolve, reject) => {
    const timer = limit.clock.after(limit.ms, () => reject(new Error(limit.words)));
    cancel = () => timer.cancel();
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    cancel();
  }
}
