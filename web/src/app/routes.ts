/** The addresses of the application, both ways: what people bookmark, share and go back to. */

/** The lists that are about the whole workspace. */
export type ListName = 'unreads' | 'threads' | 'mentions' | 'drafts' | 'saved' | 'browse';

export type Route =
  | { readonly name: 'home' }
  | { readonly name: 'room'; readonly roomId: string; readonly messageId: string | null }
  | { readonly name: ListName }
  /** What else there is (settings, administration) has one address each, with a section below it. */
  | { readonly name: 'page'; readonly page: string; readonly section: string | null }
  /** Without a secret: for people whose address may sign up by itself. */
  | { readonly name: 'join'; readonly secret: string | null }
  | { readonly name: 'reset'; readonly token: string }
  | { readonly name: 'forgot' }
  /** From a mail of what was missed. */
  | { readonly name: 'unsubscribe'; readonly token: string };

export type DetailsTab = 'about' | 'members' | 'files' | 'pins';

/** What stands to the right of the main column. */
export type Pane =
  | { readonly kind: 'thread'; readonly threadId: string }
  | { readonly kind: 'details'; readonly tab: DetailsTab }
  | { readonly kind: 'profile'; readonly userId: string };

export interface Place {
  readonly route: Route;
  readonly pane: Pane | null;
}

const listNames: readonly string[] = ['unreads', 'threads', 'mentions', 'drafts', 'saved', 'browse'];
const tabs: readonly string[] = ['about', 'members', 'files', 'pins'];
const idPattern = /^[1-9][0-9]{0,17}$/;

/** An address that means nothing leads home. */
export function parsePlace(url: URL): Place {
  const parts = url.pathname.split('/').filter((part) => part !== '');
  return { route: parseRoute(parts), pane: parsePane(url.searchParams) };
}

function parseRoute([first = '', second, third, fourth]: readonly string[]): Route {
  if (listNames.includes(first) && second === undefined) return { name: first as ListName };
  if (first === 'room' && isId(second)) {
    return { name: 'room', roomId: second, messageId: third === 'message' && isId(fourth) ? fourth : null };
  }
  if (first === 'join') return { name: 'join', secret: second === undefined ? null : decoded(second) };
  if (first === 'reset' && second !== undefined) return { name: 'reset', token: decoded(second) };
  if (first === 'forgot' && second === undefined) return { name: 'forgot' };
  if (first === 'unsubscribe' && second !== undefined) return { name: 'unsubscribe', token: decoded(second) };
  if (/^[a-z]+$/.test(first) && first !== 'room' && first !== 'reset' && !listNames.includes(first)) {
    return { name: 'page', page: first, section: second === undefined ? null : decoded(second) };
  }
  return { name: 'home' };
}

function parsePane(query: URLSearchParams): Pane | null {
  const [threadId, userId, tab] = [query.get('thread'), query.get('profile'), query.get('details')];
  if (isId(threadId)) return { kind: 'thread', threadId };
  if (isId(userId)) return { kind: 'profile', userId };
  if (tab !== null && tabs.includes(tab)) return { kind: 'details', tab: tab as DetailsTab };
  return null;
}

function isId(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && idPattern.test(text);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function pathOf({ route, pane }: Place): string {
  return routePath(route) + (pane ? `?${paneQuery(pane)}` : '');
}

function routePath(route: Route): string {
  switch (route.name) {
    case 'home':
      return '/';
    case 'room':
      return `/room/${route.roomId}${route.messageId === null ? '' : `/message/${route.messageId}`}`;
    case 'page':
      return `/${route.page}${route.section === null ? '' : `/${encodeURIComponent(route.section)}`}`;
    case 'join':
      return route.secret === null ? '/join' : `/join/${encodeURIComponent(route.secret)}`;
    case 'reset':
      return `/reset/${encodeURIComponent(route.token)}`;
    case 'unsubscribe':
      return `/unsubscribe/${encodeURIComponent(route.token)}`;
    case 'forgot':
    case 'unreads':
    case 'threads':
    case 'mentions':
    case 'drafts':
    case 'saved':
    case 'browse':
      return `/${route.name}`;
  }
}

function paneQuery(pane: Pane): string {
  switch (pane.kind) {
    case 'thread':
      return `thread=${pane.threadId}`;
    case 'profile':
      return `profile=${pane.userId}`;
    case 'details':
      return `details=${pane.tab}`;
  }
}

export function roomPath(roomId: string, messageId: string | null = null): string {
  return routePath({ name: 'room', roomId, messageId });
}
