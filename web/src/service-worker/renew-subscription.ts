import type { Input, Output } from '@confab/protocol';

/** The part of a service worker's scope that renewing takes. */
export interface RenewScope {
  readonly registration: {
    readonly pushManager: {
      subscribe(options: { userVisibleOnly: boolean; applicationServerKey: string }): Promise<Subscription>;
    };
  };
  fetch(path: string, options?: RequestInit): Promise<Pick<Response, 'ok' | 'status' | 'json'>>;
}

interface Subscription {
  readonly endpoint: string;
  toJSON(): PushSubscriptionJSON;
}

/**
 * The browser has given up a subscription, for a new one or for none: the server learns the new one, in the place of the old,
 * which it forgets. As whoever is signed in here; when nobody is, nothing is said, and the page does it when somebody is again.
 * @throws when the server is away: the page does it when it is opened next
 */
export async function renewSubscription(
  scope: RenewScope,
  change: { readonly oldSubscription?: Subscription | null; readonly newSubscription?: Subscription | null },
): Promise<void> {
  const subscription = change.newSubscription ?? (await subscribe(scope));
  const { endpoint, keys } = subscription?.toJSON() ?? {};
  const { p256dh, auth } = keys ?? {};
  if (endpoint === undefined || p256dh === undefined || auth === undefined) return;
  const old = change.oldSubscription?.endpoint;
  const input: Input<'push.subscribe'> = {
    endpoint,
    keys: { p256dh, auth },
    ...(old === undefined ? {} : { replaces: old }),
  };
  const answer = await scope.fetch('/api/v1/me/push-devices', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  if (answer.status >= 500) throw new Error(`The server answered ${answer.status}.`);
}

/** Null while push is turned off, and while nobody is signed in here. */
async function subscribe(scope: RenewScope): Promise<Subscription | null> {
  const answer = await scope.fetch('/api/v1/push-key');
  if (answer.status >= 500) throw new Error(`The server answered ${answer.status}.`);
  if (!answer.ok) return null;
  const { publicKey } = (await answer.json()) as Output<'push.key'>;
  if (publicKey === null) return null;
  return scope.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}
