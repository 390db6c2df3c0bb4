/** What a page asks of a service worker that waits. */
export type PageRequest = { readonly ask: 'take over' };

/** What the service worker asks of the page that it brought to the front: a path of the page. */
export type OpenRequest = { readonly open: string };
