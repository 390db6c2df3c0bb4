import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAccessibilityCheck } from './accessibility.ts';
import { sidebarRoom } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

let place: Workplace;
let ada: Person;
let page: Page;

beforeAll(async () => {
  place = await startWorkplace();
  ada = await place.person('Ada');
  page = ada.page;
  for (const name of ['apples', 'bread', 'cheese'])
    await ada.call('room.create', { clientId: `a-room-${name}`, kind: 'public', name });
  const { rooms } = await ada.call('room.mine', {});
  const random = rooms.find(({ room }) => room.name === 'random');
  if (random) await ada.call('room.leave', { roomId: random.room.id });
  await sidebarRoom(page, 'cheese').waitFor();
}, 240_000);
afterAll(() => place.close());

const patience = { timeout: 20_000, interval: 50 };

/** The sections and rooms from top to bottom; hints are left out. */
async function rows(on: Page): Promise<string[]> {
  const names = on.locator('.side-section__title, .ui-virtual__row .side-row__name');
  return names.allInnerTexts();
}

const shows = (expected: readonly string[], on = page): Promise<void> =>
  vi.waitFor(async () => expect(await rows(on)).toEqual(expected), patience);

type Point = { x: number; y: number };

async function middleOf(name: string, on = page): Promise<Point> {
  const named = on.getByText(name, { exact: true });
  const row = on.locator('.ui-virtual__row').filter({ has: named });
  const box = await row.boundingBox();
  if (box === null) throw new Error(`There is no row ${name}.`);
  return { x: box.x + 60, y: box.y + box.height / 2 };
}

/** `by`: how far below the middle of the other row, in CSS pixels. */
async function drag(name: string, to: string, { by }: { by: number }): Promise<void> {
  const [from, target] = [await middleOf(name), await middleOf(to)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(target.x, target.y + by, { steps: 8 });
  await page.locator('.drag-layer__line, .drag-layer__frame').waitFor();
}

/** One finger on the screen, as the browser's own tools send it. */
async function createFinger(on: Page) {
  const cdp = await on.context().newCDPSession(on);
  const send = async (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]): Promise<void> =>
    void (await cdp.send('Input.dispatchTouchEvent', { type, touchPoints }));
  return {
    down: (at: Point) => send('touchStart', [at]),
    move: (to: Point) => send('touchMove', [to]),
    up: () => send('touchEnd', []),
    /** All at once: a finger that is waited for on a busy machine is one that holds. */
    swipe: async ({ x, y }: Point, by: number): Promise<void> => {
      const start = send('touchStart', [{ x, y }]);
      const moves = [1, 2, 3, 4, 5, 6].map((step) => send('touchMove', [{ x, y: y + (by * step) / 6 }]));
      await Promise.all([start, ...moves, send('touchEnd', [])]);
    },
  };
}

const openMenu = (name: string): Promise<void> => sidebarRoom(page, name).click({ button: 'right' });

describe('the sidebar', { timeout: 120_000 }, () => {
  test('has sections of one’s own, also in another browser', async () => {
    const elsewhere = await ada.elsewhere();
    await page.getByRole('button', { name: 'Test House' }).click();
    await page.getByRole('menuitem', { name: 'New section…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Food');
    await page.keyboard.press('Enter');
    const made = ['Food', 'Rooms', 'apples', 'bread', 'cheese', 'general', 'Direct messages'];
    await shows(made);
    await shows(made, elsewhere.page);
    await elsewhere.page.close();
  });

  test('takes rooms that are dragged, where the line is', async () => {
    await drag('bread', 'Drag rooms here', { by: 0 });
    await page.mouse.up();
    await shows(['Food', 'bread', 'Rooms', 'apples', 'cheese', 'general', 'Direct messages']);

    await drag('general', 'apples', { by: -8 });
    await page.mouse.up();
    await shows(['Food', 'bread', 'Rooms', 'general', 'apples', 'cheese', 'Direct messages']);
    expect(new URL(page.url()).pathname).toBe(`/room/${place.generalId}`);
  });

  test('leaves everything in its place after Esc', async () => {
    await drag('cheese', 'general', { by: -8 });
    await page.keyboard.press('Escape');
    await page.locator('.drag-layer').waitFor({ state: 'detached' });
    await page.mouse.up();
    await shows(['Food', 'bread', 'Rooms', 'general', 'apples', 'cheese', 'Direct messages']);
  });

  test('moves sections as a whole', async () => {
    await drag('Rooms', 'Food', { by: -12 });
    await page.mouse.up();
    await shows(['Rooms', 'general', 'apples', 'cheese', 'Food', 'bread', 'Direct messages']);
  });

  test('is arranged without a mouse, and says what happened', async () => {
    const announced = page.locator('[aria-live=polite]');
    await sidebarRoom(page, 'cheese').focus();
    await page.keyboard.press('Control+Shift+ArrowUp');
    await shows(['Rooms', 'general', 'cheese', 'apples', 'Food', 'bread', 'Direct messages']);
    await announced.getByText('cheese is now at place 2 of 3').waitFor({ state: 'attached' });

    await openMenu('cheese');
    await page.getByRole('menuitem', { name: 'Move to section…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Food' }).click();
    await shows(['Rooms', 'general', 'apples', 'Food', 'bread', 'cheese', 'Direct messages']);
    await announced.getByText('cheese moved to Food').waitFor({ state: 'attached' });
  });

  test('keeps all of that, and nothing of it is hard to use', async () => {
    await page.reload();
    await shows(['Rooms', 'general', 'apples', 'Food', 'bread', 'cheese', 'Direct messages']);
    const broken = await createAccessibilityCheck();
    expect(await broken(page)).toEqual([]);
    expect(place.complaints()).toEqual([]);
  });

  test('takes what a finger lifts; one that does not wait scrolls', async () => {
    const phone = await ada.elsewhere({
      viewport: { width: 390, height: 640 },
      hasTouch: true,
      isMobile: true,
    });
    const on = phone.page;
    const finger = await createFinger(on);
    const before = ['Rooms', 'general', 'apples', 'Food', 'bread', 'cheese', 'Direct messages'];
    await shows(before, on);

    const scrolled = (): Promise<number> =>
      on.locator('.sidebar__scroll').evaluate((element) => element.scrollTop);
    const apples = await middleOf('apples', on);
    await finger.swipe(apples, -180);
    await vi.waitFor(async () => expect(await scrolled()).toBeGreaterThan(40), patience);
    await shows(before, on);

    const [from, to] = [await middleOf('bread', on), await middleOf('general', on)];
    await finger.down(from);
    await on.locator('.drag-layer__ghost').waitFor();
    await finger.move({ x: to.x, y: to.y - 8 });
    await on.locator('.drag-layer__line').waitFor();
    await finger.up();
    await shows(['Rooms', 'bread', 'general', 'apples', 'Food', 'cheese', 'Direct messages'], on);
    expect(new URL(on.url()).pathname).toBe('/');

    await finger.down(await middleOf('bread', on));
    await on.locator('.drag-layer__ghost').waitFor();
    await finger.up();
    await on.getByRole('menuitem', { name: 'Move to section…' }).click();
    await on.getByRole('dialog').getByRole('button', { name: 'Food' }).click();
    await shows(['Rooms', 'general', 'apples', 'Food', 'bread', 'cheese', 'Direct messages'], on);
    await on.close();
  });

  test('gives the rooms of a deleted section back', async () => {
    await page.locator('.side-section').filter({ hasText: 'Food' }).hover();
    await page.getByRole('button', { name: 'More about Food' }).click();
    await page.getByRole('menuitem', { name: 'Delete section' }).click();
    await page.getByRole('button', { name: 'Delete section' }).click();
    await shows(['Rooms', 'bread', 'general', 'cheese', 'apples', 'Direct messages']);
  });
});
