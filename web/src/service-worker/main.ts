/**
 * The page without a network, and without waiting for one: the whole build is kept on the device when it is first
 * visited. An upgrade is kept beside it and takes over when nobody uses the old one, or when a page asks for it: until
 * then an open page finds all the parts it was built with.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { openPressed, type Windows } from './open-pressed.ts';
import type { PageRequest } from './requests.ts';
import { renewSubscription, type RenewScope } from './renew-subscription.ts';
import { showPush, type PushScope } from './show-push.ts';

/** Put in by the build: every file of the page. */
declare const buildFiles: { url: string; revision: string | null }[];

interface NoticeEvent {
  readonly notification: Notification;
  waitUntil(work: Promise<unknown>): void;
}

interface PushEvent {
  readonly data: { json(): unknown } | null;
  waitUntil(work: Promise<unknown>): void;
}

type ChangeEvent = Parameters<typeof renewSubscription>[1] & Pick<PushEvent, 'waitUntil'>;

interface WorkerScope extends Omit<PushScope, 'clients' | 'registration'>, Omit<RenewScope, 'registration'> {
  readonly registration: PushScope['registration'] & RenewScope['registration'];
  readonly clients: Windows & PushScope['clients'];
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'message', listener: (event: MessageEvent<PageRequest>) => void): void;
  addEventListener(kind: 'push', listener: (event: PushEvent) => void): void;
  addEventListener(kind: 'pushsubscriptionchange', listener: (event: ChangeEvent) => void): void;
  addEventListener(kind: 'notificationclick', listener: (event: NoticeEvent) => void): void;
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

scope.addEventListener('push', (event) => event.waitUntil(showPush(scope, event.data)));

scope.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renewSubscription(scope, event)));

scope.addEventListener('notificationclick', (event) => {
  const { notification } = event;
  const { path } = (notification.data ?? {}) as { path?: string };
  notification.close();
  event.waitUntil(openPressed(scope.clients, path ?? '/'));
});
