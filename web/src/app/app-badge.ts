/** The number on the icon of the installed application. */
export interface AppBadge {
  /** 0 takes it away. */
  show(count: number): void;
}

type Badged = Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>;

/** Does nothing where the browser has no such thing. */
export function createAppBadge(navigator: Badged): AppBadge {
  // What an earlier page left there is not known.
  let shown: number | null = null;
  return {
    show(count) {
      if (count === shown) return;
      shown = count;
      const done = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
      // A browser may refuse, for instance where the page is not installed; nothing is missed then.
      done?.catch(() => undefined);
    },
  };
}
