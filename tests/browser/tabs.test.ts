import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { goTo, message, say, sidebarRoom, texts } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

let place: Workplace;
let ada: Person;
let bob: Person;
let second: Page;

beforeAll(async () => {
  place = await startWorkplace();
  [ada, bob] = [await place.person('Ada'), await place.person('Bob')];
  await Promise.all([goTo(ada.page, 'general'), goTo(bob.page, 'general')]);
  second = await tabBeside(ada.page);
}, 240_000);
afterAll(() => place.close());

const patience = { timeout: 20_000, interval: 100 };

async function tabBeside(page: Page): Promise<Page> {
  const tab = await page.context().newPage();
  await tab.goto(place.url);
  await goTo(tab, 'general');
  return tab;
}

async function connections(): Promise<number> {
  const text = await (await fetch(`${place.url}/metrics`)).text();
  return Number(/^confab_connections(?:\{[^}]*\})? (\d+)/m.exec(text)?.[1]);
}

test('the tabs of a browser share one connection and show the same', { timeout: 120_000 }, async () => {
  await vi.waitFor(async () => expect(await connections()).toBe(2), patience);
  await say(ada.page, 'from the first tab');
  await message(second, 'from the first tab').waitFor();
  await say(second, 'from the second tab');
  await say(bob.page, 'from Bob');
  await message(ada.page, 'from Bob').waitFor();
  await message(second, 'from Bob').waitFor();
  const all = ['from the first tab', 'from the second tab', 'from Bob'];
  await expect.poll(async () => (await texts(ada.page)).toSorted(), patience).toEqual(all.toSorted());
  await vi.waitFor(async () => expect(await texts(second)).toEqual(await texts(ada.page)), patience);
  await expect.poll(connections, patience).toBe(2);
});

test(
  'what is read in one tab is read in the other, and a closed one takes nothing along',
  { timeout: 120_000 },
  async () => {
    const { room } = await ada.call('room.create', {
      clientId: 'elsewhere-room',
      kind: 'public',
      name: 'elsewhere',
    });
    await bob.call('room.join', { roomId: room.room.id });
    await goTo(bob.page, 'elsewhere');
    await say(bob.page, 'over here');
    const unread = sidebarRoom(second, 'elsewhere').and(second.locator('[data-unread="true"]'));
    await unread.waitFor();
    await goTo(ada.page, 'elsewhere');
    await message(ada.page, 'over here').waitFor();
    await unread.waitFor({ state: 'detached' });

    await ada.page.close();
    await goTo(second, 'elsewhere');
    await say(bob.page, 'still there?');
    await message(second, 'still there?').waitFor();
    await say(second, 'yes');
    await message(bob.page, 'yes').waitFor();
    await expect.poll(connections, patience).toBe(2);
    await second.close();
    await vi.waitFor(async () => expect(await connections()).toBe(1), patience);
    expect(place.complaints()).toEqual([]);
  },
);
