import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAccessibilityCheck } from './accessibility.ts';
import { composer, message, say } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

let place: Workplace;
let ada: Person;
let page: Page;
let broken: (page: Page) => Promise<string[]>;

beforeAll(async () => {
  broken = await createAccessibilityCheck();
  place = await startWorkplace();
  ada = await place.person('Ada');
  page = ada.page;
  await composer(page).waitFor();
  for (const text of ['The teapot is **broken**', 'Who broke the teapot?', '明日は東京で会いましょう']) {
    await say(page, text);
  }
  // The reader of the streams comes a moment later.
  await vi.waitFor(async () => {
    const { results } = await ada.call('search.messages', { query: '東京' });
    expect(results).toHaveLength(1);
  }, patience);
}, 240_000);
afterAll(() => place.close());

const patience = { timeout: 60_000, interval: 250 };
const field = (): Locator => page.getByRole('combobox', { name: 'Search messages' });
const results = (): Locator => page.locator('.search-result');

describe('search', { timeout: 120_000 }, () => {
  test('by keys alone: from anywhere to the place of a message', async () => {
    await page.keyboard.press('Control+Shift+F');
    await field().and(page.locator(':focus')).waitFor();
    expect(await broken(page)).toEqual([]);
    await page.keyboard.type('teapot broken');
    await page.keyboard.press('Enter');
    await results().first().waitFor();
    await vi.waitFor(async () => expect(await results().count()).toBe(1), patience);
    await expect.poll(() => results().locator('mark').allInnerTexts()).toEqual(['teapot', 'broken']);
    expect(await broken(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await message(page, 'The teapot is broken').waitFor();
    await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/room\/\d+\/message\/\d+$/);
    await page.goBack();
    await results().first().waitFor();
    await expect.poll(() => field().inputValue()).toBe('teapot broken');
  });

  test('suggests what may follow, and says what it does not know', async () => {
    await field().fill('teapot fr');
    await page.getByRole('option', { name: /^from:/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /from:ada/ }).click();
    await expect.poll(() => field().inputValue()).toBe('teapot from:ada ');
    await vi.waitFor(async () => expect(await results().count()).toBe(2), patience);
    await field().fill('teapot from:nobody');
    await field().press('Enter');
    await page.getByText('Nobody here is called “nobody”.').waitFor();
    await field().fill('unheardof');
    await field().press('Enter');
    await page.getByText('Nothing found').waitFor();
  });

  test('from the switcher, in any script, on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await field().fill('東京');
    await field().press('Enter');
    await vi.waitFor(
      async () => expect(await results().locator('mark').allInnerTexts()).toEqual(['東京']),
      patience,
    );
    expect(await broken(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press('Control+K');
    await page.getByRole('combobox', { name: 'Jump to' }).fill('?who');
    await page.getByRole('option', { name: /who/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await results().first().waitFor();
    await vi.waitFor(async () => expect(await field().inputValue()).toBe('who'), patience);
  });

  test('nothing was complained about', () => {
    expect(place.complaints()).toEqual([]);
  });
});
