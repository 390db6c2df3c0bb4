import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { parsePlace, pathOf, type Pane, type Place, type Route } from './routes.ts';

export interface Router {
  readonly place: ReadonlySignal<Place>;
  readonly route: ReadonlySignal<Route>;
  readonly pane: ReadonlySignal<Pane | null>;
  /** Counts where one was led to, so that following the same permalink twice jumps twice. Panes and going back do not count. */
  readonly arrivals: ReadonlySignal<number>;
  /** `replace`: the page one leaves is not worth going back to. */
  go(to: string | Route, options?: { replace?: boolean }): void;
  back(): void;
  /** Opens something beside the page. Changing what is there replaces it in the history; closing goes back to before. */
  openPane(pane: Pane): void;
  closePane(): void;
  close(): void;
}

/** The history entry of a pane opened here: going back closes it. */
interface Entry {
  readonly paneOpened: boolean;
  /** How many pages of ours are behind this one. */
  readonly depth: number;
}

/** Keeps the page and the address bar in step; links to our own addresses are followed without loading. */
export function createRouter(deps: { window: Window }): Router {
  const { window } = deps;
  const { history, location, document } = window;
  const listening = new AbortController();
  const here = (): Place => parsePlace(new URL(location.href));
  const place = signal<Place>(here());
  const arrivals = signal(0);
  const entry = (): Entry => (history.state as Entry | null) ?? { paneOpened: false, depth: 0 };

  function arrive(): void {
    place.value = here();
  }

  function write(path: string, next: Entry, options: { replace: boolean }): void {
    if (options.replace) history.replaceState(next, '', path);
    else history.pushState(next, '', path);
    arrive();
  }

  function go(to: string | Route, { replace = false }: { replace?: boolean } = {}): void {
    const path = typeof to === 'string' ? to : pathOf({ route: to, pane: null });
    const { depth } = entry();
    arrivals.value += 1;
    write(path, { paneOpened: false, depth: replace ? depth : depth + 1 }, { replace });
  }

  function openPane(pane: Pane): void {
    const { route, pane: present } = place.value;
    const { depth, paneOpened } = entry();
    const path = pathOf({ route, pane });
    if (present) write(path, { paneOpened, depth }, { replace: true });
    else write(path, { paneOpened: true, depth: depth + 1 }, { replace: false });
  }

  function closePane(): void {
    const { route, pane } = place.value;
    if (!pane) return;
    if (entry().paneOpened) history.back();
    else write(pathOf({ route, pane: null }), entry(), { replace: true });
  }

  window.addEventListener('popstate', arrive, { signal: listening.signal });
  document.addEventListener(
    'click',
    (event) => {
      const path = followedPath(event, location.origin);
      if (path === null) return;
      event.preventDefault();
      go(path, { replace: path === location.pathname + location.search });
    },
    { signal: listening.signal },
  );

  return {
    place,
    route: computed(() => place.value.route),
    pane: computed(() => place.value.pane),
    arrivals,
    go,
    back() {
      if (entry().depth > 0) history.back();
      else go('/', { replace: true });
    },
    openPane,
    closePane,
    close: () => listening.abort(),
  };
}

/** The path of a link to ourselves that was followed in the plain way: no other tab, no download, no other key. */
function followedPath(event: MouseEvent, origin: string): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.target !== '' || link.hasAttribute('download'))
    return null;
  const url = new URL(link.href);
  if (url.origin !== origin || url.pathname.startsWith('/api/') || url.hash !== '') return null;
  return url.pathname + url.search;
}
