import { expect, it } from 'vitest';
import { createTurnstile } from './turnstile.ts';

function gate(): { wait: Promise<void>; open: () => void } {
  let open = (): void => {};
  const wait = new Promise<void>((resolve) => (open = resolve));
  return { wait, open };
}

it('lets in so many, makes so many wait in order, and refuses the rest', async () => {
  const pass = createTurnstile({ insideMax: 2, waitingMax: 2, whenFull: () => new Error('full') });
  const gates = [gate(), gate(), gate(), gate()];
  const started: number[] = [];
  const runs = gates.map((one, index) =>
    pass(async () => {
      started.push(index);
      await one.wait;
      if (index === 1) throw new Error('broken');
      return index;
    }),
  );
  await expect(pass(async () => 9)).rejects.toThrow('full');
  expect(started).toEqual([0, 1]);

  gates[1]?.open();
  await expect(runs[1]).rejects.toThrow('broken');
  expect(started).toEqual([0, 1, 2]);

  gates[0]?.open();
  gates[2]?.open();
  gates[3]?.open();
  expect(await Promise.all([runs[0], runs[2], runs[3]])).toEqual([0, 2, 3]);
  expect(await pass(async () => 5)).toBe(5);
});
