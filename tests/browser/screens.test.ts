import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccessibilityCheck } from './accessibility.ts';
import { closeAll, dialogs, room, screens } from './screens.ts';
import { goTo, message } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

let place: Workplace;
let broken: (page: Page) => Promise<string[]>;

beforeAll(async () => {
  broken = await createAccessibilityCheck();
  place = await startWorkplace('demo');
}, 240_000);
afterAll(() => place.close());

describe('each screen', { timeout: 180_000 }, () => {
  let ada: Person;
  beforeAll(async () => {
    ada = await place.person('Ada', { colorScheme: 'light' });
  }, 60_000);
  afterAll(() => ada.page.context().close());

  test.each(screens)('$name is accessible', async ({ go }) => {
    await go(ada.page);
    expect(await broken(ada.page)).toEqual([]);
  });

  test('what is above a room is accessible', async () => {
    await room(ada.page);
    for (const { name, go } of dialogs) {
      await go(ada.page);
      expect(await broken(ada.page), name).toEqual([]);
      await closeAll(ada.page);
    }
  });

  test('a phone shows one thing at a time, and back leads out of it', async () => {
    const { page } = await ada.elsewhere({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await page.locator('.sidebar').waitFor();
    expect(await broken(page)).toEqual([]);
    await goTo(page, 'e-bike');
    await page.locator('.room-timeline .message').first().waitFor();
    await page.locator('.sidebar').waitFor({ state: 'detached' });
    expect(await broken(page)).toEqual([]);
    await page.locator('.thread-summary').last().click();
    await page.locator('.thread__root .message').waitFor();
    expect(await broken(page)).toEqual([]);
    await page.locator('.room-timeline').waitFor({ state: 'detached' });
    await page.goBack();
    await page.locator('.room-timeline').waitFor();
    await page.goBack();
    await page.locator('.sidebar').waitFor();
    await page.context().close();
  });

  test('the door is accessible', async () => {
    const page = await place.visitor();
    await page.getByRole('heading', { name: 'Sign in to Velo Works' }).waitFor();
    expect(await broken(page)).toEqual([]);
    await page.context().close();
  });
});

test('a permalink leads to its message, wherever it stands', async () => {
  const ada = await place.person('Ada');
  await room(ada.page);
  const { messages } = await ada.call('room.history', { roomId: place.generalId, at: 0, limit: 5 });
  const old = messages[2];
  await ada.page.goto(`/room/${place.generalId}/message/${old?.id ?? ''}`);
  await ada.page.locator(`[data-message="${old?.id ?? ''}"][data-highlight]`).waitFor();
  await ada.page.getByRole('button', { name: /newer messages/ }).click();
  await ada.page.locator('.timeline-pill').waitFor({ state: 'detached' });
  await message(ada.page, 'postcard from the Dolomites').waitFor();
  await ada.page.context().close();
}, 120_000);

test('no page complained', () => {
  const unwanted = place.complaints().filter((text) => !/status of 4\d\d/.test(text));
  expect(unwanted).toEqual([]);
});
