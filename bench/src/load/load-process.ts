/** A process of its own that holds people's connections and makes the load: obeys a bench, tells it what it counted. */
import { createLoad, type Load } from './load.ts';
import type { FromLoad, ToLoad } from './load-words.ts';

obeyOrders();

function obeyOrders(): void {
  let load: Load | null = null;
  const tell = (words: FromLoad): void => void process.send?.(words);

  async function obey(order: ToLoad): Promise<void> {
    if (order.say === 'enter') {
      load = createLoad(order, (second) => tell({ tell: 'second', second }));
      await load.enter();
      tell({ tell: 'entered' });
    } else if (load === null) throw new Error('nobody has come in yet');
    else if (order.say === 'talk') load.talk();
    else if (order.say === 'round') tell({ tell: 'round', count: load.takeCount() });
    else if (order.say === 'storm') tell({ tell: 'storm', tookMs: await load.storm(order) });
    else tell({ tell: 'finished', testimony: await load.finish() });
  }

  process.on('message', (order: ToLoad) => {
    obey(order).catch((error: unknown) =>
      tell({ tell: 'failed', why: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
}
