import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Bus } from './index.ts';

/**
 * What every bus promises while nothing fails.
 * @param open makes the buses of so many nodes on one wire, connected.
 */
export function busContract(name: string, open: (nodes: number) => Promise<Bus[]>): void {
  describe(`bus: ${name}`, () => {
    let opened: Bus[] = [];
    const nodes = async (count: number): Promise<Bus[]> => (opened = await open(count));
    const two = async (): Promise<[Bus, Bus]> => (await nodes(2)) as [Bus, Bus];
    afterEach(async () => {
      await Promise.all(opened.map((bus) => bus.close()));
      opened = [];
    });
    const listen = (bus: Bus, topic: string): string[] => {
      const heard: string[] = [];
      bus.subscribe(topic, (message) => heard.push(message));
      return heard;
    };

    it('tells every node, the publisher too', async () => {
      const buses = await nodes(3);
      const heard = buses.map((bus) => listen(bus, 'rooms'));
      buses[1]?.publish('rooms', 'hello');
      await vi.waitFor(() => expect(heard).toEqual([['hello'], ['hello'], ['hello']]));
    });

    it('never runs a listener inside publish', async () => {
      const [a] = await two();
      const heard = listen(a, 'rooms');
      a.publish('rooms', 'hello');
      expect(heard).toEqual([]);
      await vi.waitFor(() => expect(heard).toEqual(['hello']));
    });

    it('keeps topics apart, and stops when told', async () => {
      const [a, b] = await two();
      const rooms = listen(b, 'rooms');
      const people: string[] = [];
      const stop = b.subscribe('people', (message) => people.push(message));
      a.publish('people', '1');
      await vi.waitFor(() => expect(people).toEqual(['1']));
      stop();
      stop();
      a.publish('people', '2');
      a.publish('rooms', '3');
      await vi.waitFor(() => expect(rooms).toEqual(['3']));
      expect(people).toEqual(['1']);
    });

    it('tells the others when one listener breaks', async () => {
      const [a, b] = await two();
      b.subscribe('rooms', () => {
        throw new Error('broken');
      });
      const heard = listen(b, 'rooms');
      a.publish('rooms', '1');
      a.publish('rooms', '2');
      await vi.waitFor(() => expect(heard).toEqual(['1', '2']));
    });

    it('carries any text of any length', async () => {
      const [a, b] = await two();
      const heard = listen(b, 'rooms');
      const texts = [
        '',
        '\u0000\n"\\',
        'ü'.repeat(5_000),
        '😀'.repeat(50_000),
        '\ud83d',
        'x'.repeat(300_000),
      ];
      for (const text of texts) a.publish('rooms', text);
      await vi.waitFor(() => expect(heard).toHaveLength(texts.length), { timeout: 5_000 });
      expect(heard.map((text) => text.length)).toEqual(texts.map((text) => text.length));
      expect(heard).toEqual(texts);
    });

    it('carries a burst, repeats included', async () => {
      const [a, b] = await two();
      const heard = listen(b, 'rooms');
      const texts = Array.from({ length: 3_000 }, (_, n) => String(n >> 1));
      for (const text of texts) a.publish('rooms', text);
      await vi.waitFor(() => expect(heard).toHaveLength(texts.length), { timeout: 5_000 });
      expect(heard).toEqual(texts);
    });

    it('is deaf and dumb once closed, without a word', async () => {
      const [a, b] = await two();
      const [heardByA, heardByB] = [listen(a, 'rooms'), listen(b, 'rooms')];
      await a.close();
      a.publish('rooms', '1');
      b.publish('rooms', '2');
      await vi.waitFor(() => expect(heardByB).toEqual(['2']));
      expect(heardByA).toEqual([]);
    });
  });
}
