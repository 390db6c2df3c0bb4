/** The entry of the crowd's own process: obeys a rehearsal, tells it each moment. */
import { systemClock } from '@confab/client';
import { createCrowd, type Crowd } from './crowd.ts';
import type { FromCrowd, ToCrowd } from './crowd-words.ts';

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
    if (order.say === 'enter') {
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
