/** What becomes different in a stream of bytes: at `at`, `removed` bytes go and `inserted` come in their place. */
export interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly inserted: Uint8Array;
}

/** More means that somebody has made it to be many: everything from there on is cut off. */
const editsMax = 10_000;

/** Collects edits in order of their places, of bounded number. */
export interface Edits {
  cut(at: number, removed: number): void;
  replace(at: number, removed: number, inserted: Uint8Array): void;
  /** In order, none over another. */
  all(): readonly Edit[];
}

/** @param size of the stream, in bytes */
export function createEdits(size: number): Edits {
  const edits: Edit[] = [];
  let end = 0;
  const replace = (at: number, removed: number, inserted: Uint8Array): void => {
    if (edits.length >= editsMax || at < end) return;
    const isLast = edits.length === editsMax - 1;
    const reach = isLast ? size - at : Math.min(removed, size - at);
    if (reach === 0 && inserted.length === 0) return;
    const before = edits.at(-1);
    end = at + reach;
    if (before && inserted.length === 0 && before.at + before.removed === at)
      edits[edits.length - 1] = { ...before, removed: before.removed + reach };
    else edits.push({ at, removed: reach, inserted: isLast ? nothing : inserted });
  };
  return { cut: (at, removed) => replace(at, removed, nothing), replace, all: () => edits };
}

const nothing = new Uint8Array();

/** How many bytes more there are with them, negative for fewer. */
export function growth(edits: readonly Edit[]): number {
  return edits.reduce((sum, { removed, inserted }) => sum + inserted.length - removed, 0);
}

/** `bytes` with all `edits` made. */
export async function* edited(
  bytes: AsyncIterable<Uint8Array>,
  edits: readonly Edit[],
): AsyncGenerator<Uint8Array> {
  const waiting = edits[Symbol.iterator]();
  let edit = waiting.next().value;
  let at = 0;
  let toDrop = 0;
  for await (const piece of bytes) {
    let from = 0;
    while (from < piece.length || (edit !== undefined && edit.at === at && toDrop === 0)) {
      if (toDrop > 0) {
        const step = Math.min(toDrop, piece.length - from);
        [toDrop, from, at] = [toDrop - step, from + step, at + step];
        if (step === 0) break;
      } else if (edit !== undefined && edit.at === at) {
        if (edit.inserted.length > 0) yield edit.inserted;
        toDrop = edit.removed;
        edit = waiting.next().value;
      } else {
        const until = edit === undefined ? piece.length : Math.min(piece.length, from + edit.at - at);
        yield piece.subarray(from, until);
        [at, from] = [at + until - from, until];
      }
    }
  }
}
