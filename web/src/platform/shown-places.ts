/** Which places the tabs of this browser have in view: each says its own, any can ask for all. */
export interface ShownPlaces {
  /** Takes the place of what this tab said before. */
  say(places: readonly string[]): void;
  all(): Promise<ReadonlySet<string>>;
}

const prefix = 'confab-view-';

/** By shared locks: a tab that ends lets go of them, however it ends. A browser without locks knows of this tab only. */
export function createShownPlaces({ navigator }: Window): ShownPlaces {
  let own: readonly string[] = [];
  let letGo = new AbortController();

  function hold(place: string, until: AbortSignal): void {
    const held = navigator.locks.request(`${prefix}${place}`, { mode: 'shared', signal: until }, async () => {
      if (until.aborted) return;
      await new Promise<void>((resolve) => until.addEventListener('abort', () => resolve()));
    });
    // Rejects when the tab looks elsewhere before it was granted.
    held.catch(() => undefined);
  }

  return {
    say(places) {
      letGo.abort();
      letGo = new AbortController();
      own = places;
      if ('locks' in navigator) for (const place of places) hold(place, letGo.signal);
    },
    async all() {
      if (!('locks' in navigator)) return new Set(own);
      const { held = [] } = await navigator.locks.query();
      const names = held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
      return new Set([...own, ...names]);
    },
  };
}
