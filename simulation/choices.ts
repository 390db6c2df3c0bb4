import type { Random } from '@confab/server/platform/random/index';

/** Everything a seed decides. */
export interface Choices {
  /** A number in [0, 1). */
  fraction(): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** A number in [from, to). */
  between(from: number, to: number): number;
  /** 0 … count - 1. */
  below(count: number): number;
  /** Undefined for an empty list. */
  pick<Item>(items: readonly Item[]): Item | undefined;
  /** A key of `weights`, each as likely as its weight among all. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key;
}

export function createChoices(random: Random): Choices {
  const below = (count: number): number => Math.floor(random.fraction() * count);
  return {
    fraction: () => random.fraction(),
    chance: (probability) => random.fraction() < probability,
    between: (from, to) => from + random.fraction() * (to - from),
    below,
    pick: (items) => items[below(items.length)],
    weighted(weights) {
      const entries = Object.entries<number>(weights) as [keyof typeof weights, number][];
      const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
      let left = random.fraction() * total;
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      const [last] = entries.at(-1) ?? [];
      if (last === undefined) throw new RangeError('nothing to choose from');
      return last;
    },
  };
}
