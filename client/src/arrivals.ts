import { kindOf } from './state/reducers.ts';
import { ownerOf, type State } from './state/state.ts';

export interface Place {
  readonly stream: string;
  readonly epoch: number;
  readonly seq: number;
}

export interface Arrivals {
  /** What a command did is contained here, or will never be because its stream is not followed. */
  has(place: Place): boolean;
  /** Resolves when it is so. */
  wait(place: Place): Promise<void>;
  /** Positions have moved, or a stream is no longer followed. */
  look(): void;
}

/** When what a command did has come back by its stream, so that one can read what one wrote. */
export function createArrivals(deps: { state: State; isFollowed: (roomId: string) => boolean }): Arrivals {
  const { state } = deps;
  const waiting = new Map<() => void, Place>();

  function has({ stream, epoch, seq }: Place): boolean {
    const kind = kindOf(stream);
    if (kind === 'room') {
      if (!deps.isFollowed(ownerOf(stream))) return true;
      const position = state.messages.get(ownerOf(stream))?.position;
      return position !== null && position !== undefined && (position.epoch !== epoch || position.seq >= seq);
    }
    if (kind === null) return true;
    return state.positions !== null && (state.epoch !== epoch || state.positions[kind] >= seq);
  }

  return {
    has,
    wait: (place) => (has(place) ? Promise.resolve() : new Promise((resolve) => waiting.set(resolve, place))),
    look() {
      for (const [resolve, place] of waiting) {
        if (!has(place)) continue;
        waiting.delete(resolve);
        resolve();
      }
    },
  };
}
