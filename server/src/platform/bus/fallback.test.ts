import { expect, it } from 'vitest';
import { systemClock } from '../clock/index.ts';
import { createMemoryLog } from '../log/index.ts';
import { createFallbackBus, createMemoryBus, createMemoryWire, type Bus } from './index.ts';

/** Two nodes, each with a preferred way that is there or not as the test says. */
function twoNodes() {
  const log = createMemoryLog();
  const [preferredWire, nextWire] = [createMemoryWire(), createMemoryWire()];
  const node = () => {
    let turn: (reason: string | null) => void = () => {};
    const next = createMemoryBus({ log, wire: nextWire });
    const bus = createFallbackBus({
      log,
      clock: systemClock,
      next: { ...next, publishToOthers: next.publish },
      openPreferred(watcher) {
        const wire = createMemoryBus({ log, wire: preferredWire });
        let there = true;
        turn = (reason) => {
          there = reason === null;
          watcher.changed(reason);
        };
        return {
          ...wire,
          isConnected: () => there,
          publish: (topic, message) =>
            there ? wire.publish(topic, message) : watcher.unsent([[topic, message]]),
          subscribe: (topic, listener) => wire.subscribe(topic, (message) => there && listener(message)),
        };
      },
    });
    return { bus, lose: () => turn('gone'), comeBack: () => turn(null) };
  };
  return [node(), node()] as const;
}

async function says(from: Bus, to: Bus): Promise<number> {
  let heard = 0;
  const stop = to.subscribe('rooms', () => (heard += 1));
  from.publish('rooms', 'hello');
  await new Promise(setImmediate);
  stop();
  return heard;
}

it('uses one way while both nodes have it', async () => {
  const [a, b] = twoNodes();
  expect(await says(a.bus, b.bus)).toBe(1);
});

it('is heard by a node that is not back yet when oneself is', async () => {
  const [a, b] = twoNodes();
  for (const one of [a, b]) one.lose();
  expect(await says(a.bus, b.bus)).toBe(1);
  a.comeBack();
  expect(await says(a.bus, b.bus)).toBe(1);
  b.comeBack();
  expect(await says(a.bus, b.bus)).toBeGreaterThanOrEqual(1);
});

it('is heard by a node that alone has lost the preferred way', async () => {
  const [a, b] = twoNodes();
  b.lose();
  await new Promise(setImmediate);
  expect(await says(a.bus, b.bus)).toBe(1);
});
