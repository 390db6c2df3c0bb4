import { Refused } from '@confab/client';
import { isText, type Cancel } from '../platform/index.ts';
import type { App } from './app-context.ts';

/** Its view has opened it by then, or it is not shown. */
const heldMs = 5_000;

/**
 * Asks for the messages of the room that will be shown first beside everything else, not after it: the answer is there
 * when the room is known.
 */
export async function openEarly(
  app: Pick<App, 'client' | 'router' | 'memory' | 'ui'>,
  after: (delayMs: number, run: () => void) => Cancel,
): Promise<void> {
  const { client } = app;
  const roomId = firstRoom(app);
  if (roomId === null) return;
  try {
    await client.openRoom(roomId);
    after(heldMs, () => client.closeRoom(roomId));
  } catch (error) {
    // Whoever shows it is refused, too, and says so.
    if (!(error instanceof Refused)) throw error;
  }
}

function firstRoom({ router, memory, ui }: Pick<App, 'router' | 'memory' | 'ui'>): string | null {
  const route = router.route.peek();
  if (route.name === 'room') return route.messageId === null ? route.roomId : null;
  const isAtHome = route.name === 'home' && !ui.device.phone.peek();
  return isAtHome ? memory.read('last-room', isText) : null;
}
