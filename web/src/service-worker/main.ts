/**
 * The page without a network, and without waiting for one: the whole build is kept on the device when it is first
 * visited. An upgrade is kept beside it and takes over when nobody uses the old one, or when a page asks for it: until
 * then an open page finds all the parts it was built with.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import type { PageRequest } from './requests.ts';

/** Put in by the build: every file of the page. */
declare const buildFiles: { url: string; revision: string | null }[];

interface WorkerScope {
  readonly clients: { matchAll(): Promise<readonly unknown[]> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'message', listener: (event: MessageEvent<PageRequest>) => void): void;
}
const scope = globalThis as unknown as WorkerScope;

precacheAndRoute(buildFiles);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/api\//, /^\/(healthz|readyz|metrics)$/],
  }),
);

scope.addEventListener('message', ({ data }) => {
  if (data.ask === 'take over') void scope.skipWaiting();
});
