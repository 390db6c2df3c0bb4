/** What a push service needs to reach this browser, as the server takes it. */
export interface PushPlace {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

export interface PushRegistration {
  /** Also false where there is no service worker, as in development. */
  isPossible(): Promise<boolean>;
  /** Null when nobody subscribed here. */
  current(): Promise<PushPlace | null>;
  /** Resolves with null when the browser or its push service does not want to. */
  subscribe(publicKey: string): Promise<PushPlace | null>;
  unsubscribe(): Promise<void>;
}

/** The browser's own subscription to its maker's push service; it outlives the page. */
export function createPushRegistration(window: Window & typeof globalThis): PushRegistration {
  const { navigator } = window;

  async function manager(): Promise<PushManager | null> {
    if (!('serviceWorker' in navigator) || !('PushManager' in window)) return null;
    const found = await navigator.serviceWorker.getRegistration().catch(() => undefined);
    return found?.active ? found.pushManager : null;
  }
  async function find(): Promise<PushSubscription | null> {
    return (await (await manager())?.getSubscription().catch(() => null)) ?? null;
  }

  return {
    isPossible: async () => (await manager()) !== null,
    async current() {
      return placeOf(await find());
    },
    async subscribe(publicKey) {
      // One of an earlier key would be in the way.
      await (await find())?.unsubscribe().catch(() => false);
      const options = { userVisibleOnly: true, applicationServerKey: publicKey };
      const made = await (await manager())?.subscribe(options).catch(() => null);
      return placeOf(made ?? null);
    },
    async unsubscribe() {
      await (await find())?.unsubscribe().catch(() => false);
    },
  };
}

function placeOf(subscription: PushSubscription | null): PushPlace | null {
  const { endpoint, keys } = subscription?.toJSON() ?? {};
  const { p256dh, auth } = keys ?? {};
  if (endpoint === undefined || p256dh === undefined || auth === undefined) return null;
  return { endpoint, keys: { p256dh, auth } };
}
