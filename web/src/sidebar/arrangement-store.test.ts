import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import type { Section } from '@confab/protocol';
import { Refused, type Client } from '@confab/client';
import { createArrangementStore } from './arrangement-store.ts';
import { usualArrangement } from './arrangement.ts';

/** A promise that the test settles. */
function later<Value>() {
  let resolve = (_value: Value): void => undefined;
  let reject = (_error: unknown): void => undefined;
  const promise = new Promise<Value>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve: (value: Value) => resolve(value), reject: (error: unknown) => reject(error) };
}

/** A server whose answers and events the test lets come. */
function start() {
  const changed = signal(0);
  const sections = new Map<string, Section>(usualArrangement.map((section) => [section.id, section]));
  const asked: string[] = [];
  const answer = later<unknown>();
  const arrived = later<null>();
  const client = {
    state: { sections },
    call: (name: string) => {
      asked.push(name);
      return answer.promise;
    },
    reached: () => arrived.promise,
  } as unknown as Client;
  const store = createArrangementStore({ client, live: { follow: () => void changed.value } });
  const folded = (): boolean | undefined => store.sections.value.find(({ id }) => id === 'rooms')?.isFolded;
  return {
    store,
    folded,
    asked,
    answer,
    event(section: Section): void {
      sections.set(section.id, section);
      changed.value += 1;
      arrived.resolve(null);
    },
  };
}

test('a change is seen at once, and stays when the server confirms it', async () => {
  const { store, folded, asked, answer, event } = start();
  const done = store.change('rooms', { isFolded: true });
  expect(folded()).toBe(true);
  expect(asked).toEqual(['section.change']);
  answer.resolve({ position: {} });
  const [, rooms] = usualArrangement;
  if (rooms) event({ ...rooms, isFolded: true });
  await done;
  expect(folded()).toBe(true);
});

test('a refused change is undone', async () => {
  const { store, folded, answer } = start();
  const done = store.change('rooms', { isFolded: true });
  answer.reject(new Refused({ code: 'unavailable', message: '', data: {} }));
  await expect(done).rejects.toThrow(Refused);
  expect(folded()).toBe(false);
});
