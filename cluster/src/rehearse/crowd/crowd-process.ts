/** The entry of the crowd's own process: obeys a rehearsal, tells it each moment. */
import { systemClock, systemRandom } from '@confab/client';
import { createCrowd, type Crowd } from './crowd.ts';
import type { FromCrowd, Gathering, ToCrowd } from './crowd-words.ts';
import { openDoor, Refusal } from './door.ts';
import { gatherCast, type Cast } from './people.ts';

const momentMs = 250;

obeyOrders();

function obeyOrders(): void {
  let crowd: Crowd | null = null;
  const tell = (words: FromCrowd): void => void process.send?.(words);

  function tellMoments(of: Crowd): void {
    tell({ tell: 'moment', moment: of.moment() });
    systemClock.after(momentMs, () => tellMoments(of));
  }

  async function obey(order: ToCrowd): Promise<void> {
    if (order.say === 'gather') {
      tell({ tell: 'gathered', cast: await gather(order, (made) => tell({ tell: 'gathering', made })) });
    } else if (order.say === 'enter') {
      crowd = createCrowd(order);
      await crowd.enter();
      tell({ tell: 'entered' });
      tellMoments(crowd);
    } else if (order.say === 'talk') {
      crowd?.talk();
    } else if (crowd) {
      const outcome = await crowd.finish();
      tell({ tell: 'moment', moment: crowd.moment() });
      tell({ tell: 'finished', outcome });
    }
  }

  process.on('message', (order: ToCrowd) => {
    obey(order).catch((error: unknown) =>
      tell({ tell: 'failed', why: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  // Whoever started the crowd is gone.
  process.on('disconnect', () => process.exit(0));
}

async function gather(order: Gathering, onProgress: (made: number) => void): Promise<Cast> {
  const { known, url, people, teamSize } = order;
  if (
    known?.url === url &&
    known.people.length === people &&
    known.teamSize === teamSize &&
    (await isKnown(known))
  )
    return known;
  return gatherCast({
    url,
    owner: openDoor(url, { token: order.ownerToken }),
    open: (credentials) => openDoor(url, credentials),
    id: () => systemRandom.id(),
    people,
    teamSize,
    password: systemRandom.id(),
    onProgress,
  });
}

/** Whether they were made on this server, and not on one that had its address before. */
async function isKnown({ url, people: [first] }: Cast): Promise<boolean> {
  if (!first) return false;
  const mine = await openDoor(url, { token: first.token })
    .call('session.current', {})
    .catch((error: unknown) => {
      if (error instanceof Refusal) return null;
      throw error;
    });
  return mine?.user.id === first.userId;
}
