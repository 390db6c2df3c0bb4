/** Whether this browser is notified while no page of it is open. It is the server that knows, and the browser. */
import { Refused } from '@confab/client';
import type { App } from '../app/app-context.ts';
import { readChoices } from './device-choices.ts';

type Deps = Pick<App, 'client' | 'memory' | 'push'>;

/** Resolves with false when the browser or its push service does not want to. Throws what the server refuses. */
export async function turnPushOn({ client, memory, push }: Deps, publicKey: string): Promise<boolean> {
  const place = await push.subscribe(publicKey);
  if (place === null) return false;
  await client.call('push.subscribe', { ...place, hidesContent: readChoices(memory).hidden });
  return true;
}

/** In the browser first: what the server does not learn now it learns from the push service. */
export async function turnPushOff({ client, push }: Deps): Promise<void> {
  await push.unsubscribe();
  const { devices } = await client.call('push.list', {});
  const own = devices.filter(({ isCurrent }) => isCurrent);
  await Promise.all(own.map(({ id: deviceId }) => client.call('push.unsubscribe', { deviceId })));
}

/** After signing in anew, and when what this browser hides was changed. */
export async function renewPush({ client, memory, push }: Deps): Promise<void> {
  const place = await push.current();
  if (place === null) return;
  try {
    await client.call('push.subscribe', { ...place, hidesContent: readChoices(memory).hidden });
  } catch (error) {
    // Off by now, or somebody else's browser: then it stays as it is, and the settings say how that is.
    if (!(error instanceof Refused)) throw error;
  }
}
