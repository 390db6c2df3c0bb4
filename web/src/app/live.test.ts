import { computed, effect } from '@preact/signals';
import type { Key } from '@confab/client';
import { expect, test } from 'vitest';
import { createLive } from './live.ts';

test('what follows a key runs again when it is touched, and the key is let go of afterwards', () => {
  const listeners = new Map<Key, Set<() => void>>();
  const live = createLive({
    subscribe(key, listener) {
      const set = listeners.get(key) ?? new Set();
      listeners.set(key, set.add(listener));
      return () => set.delete(listener);
    },
  });
  const touch = (key: Key): void => listeners.get(key)?.forEach((listener) => listener());

  let name = 'general';
  const seen: string[] = [];
  const title = computed(() => {
    live.follow('room:1');
    return name;
  });
  const stop = effect(() => void seen.push(title.value));
  name = 'renamed';
  touch('room:2');
  expect(seen).toEqual(['general']);
  touch('room:1');
  expect(seen).toEqual(['general', 'renamed']);

  stop();
  expect(listeners.get('room:1')?.size).toBe(0);

  const again = effect(() => void seen.push(title.value));
  name = 'third';
  touch('room:1');
  expect(seen.at(-1)).toBe('third');
  again();
});
