/** What a page asks of a service worker that waits. */
export type PageRequest = { readonly ask: 'take over' };
