import { stirWord, type Word } from './words.ts';

/** What one person heard in one room, judged as it comes. */
export interface Hearing {
  readonly room: string;
  readonly heard: number;
  /** Words that came a second time. */
  readonly doubled: number;
  /** Words that came after a later one of the same speaker. */
  readonly late: number;
  /** Words that never came, though a later one of the same speaker did. */
  readonly missing: number;
  /** Of all words in the order in which they came. */
  readonly order: number;
  /** The last count of each speaker. */
  readonly last: ReadonlyMap<number, number>;
}

export interface Witness {
  hear(room: string, word: Word): void;
  hearings(): Hearing[];
}

interface Ear {
  heard: number;
  doubled: number;
  late: number;
  order: number;
  last: Map<number, number>;
  /** Counts that were jumped over and may come yet, by speaker. */
  skipped: Map<number, Set<number>>;
}

/** One person's ears. Knows nothing of numbers that the product gives: only what was said, and when it came. */
export function createWitness(): Witness {
  const ears = new Map<string, Ear>();

  function earFor(room: string): Ear {
    const found = ears.get(room);
    if (found) return found;
    const ear = { heard: 0, doubled: 0, late: 0, order: 0, last: new Map(), skipped: new Map() };
    ears.set(room, ear);
    return ear;
  }

  return {
    hear(room, word) {
      const ear = earFor(room);
      const { speaker, count } = word;
      const last = ear.last.get(speaker) ?? 0;
      if (count > last) {
        if (count > last + 1) skip(ear, speaker, last + 1, count);
        ear.last.set(speaker, count);
      } else if (ear.skipped.get(speaker)?.delete(count) === true) {
        ear.late += 1;
      } else {
        ear.doubled += 1;
        return;
      }
      ear.heard += 1;
      ear.order = stirWord(ear.order, word);
    },
    hearings: () =>
      [...ears].map(([room, { skipped, ...ear }]) => ({
        room,
        ...ear,
        missing: [...skipped.values()].reduce((sum, counts) => sum + counts.size, 0),
      })),
  };
}

function skip(ear: Ear, speaker: number, from: number, to: number): void {
  const counts = ear.skipped.get(speaker) ?? new Set<number>();
  for (let count = from; count < to; count += 1) counts.add(count);
  ear.skipped.set(speaker, counts);
}
