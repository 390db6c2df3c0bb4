import type { Word } from './state.ts';

const states = ['offline', 'away', 'online'] as const;

/** What nodes tell each other: who speaks, its running count, and short words. */
export interface Saying {
  readonly nodeId: string;
  readonly count: number;
  readonly words: readonly Word[];
}

type ShortWord = [userId: string, state: number, doNotDisturbUntil: number | null];

export function formatSaying({ nodeId, count, words }: Saying): string {
  const short = words.map((word): ShortWord => [
    word.userId,
    states.indexOf(word.state),
    word.doNotDisturbUntil,
  ]);
  return JSON.stringify([nodeId, count, short]);
}

/** @returns null for what is none: whoever else speaks on the bus cannot harm */
export function parseSaying(message: string): Saying | null {
  try {
    const [nodeId, count, short] = JSON.parse(message) as [unknown, unknown, unknown];
    if (typeof nodeId !== 'string' || typeof count !== 'number' || !Array.isArray(short)) return null;
    const words = (short as Partial<ShortWord>[]).flatMap(([userId, state, until]) => {
      const named = states[state ?? -1];
      if (typeof userId !== 'string' || named === undefined) return [];
      return [{ userId, state: named, doNotDisturbUntil: typeof until === 'number' ? until : null }];
    });
    return { nodeId, count, words };
  } catch {
    return null;
  }
}
