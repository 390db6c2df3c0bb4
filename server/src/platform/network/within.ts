import { Unreached } from './unreached.ts';

const patienceMs = 5_000;

/** Rejects with `Unreached` when `work` is not done in time; the work itself goes on. */
export async function within<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unreached('no answer in 5 seconds')), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
