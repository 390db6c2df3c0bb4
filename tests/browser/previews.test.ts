import { createMemoryOutbound } from '@confab/server/platform/outbound/index';
import sharp from 'sharp';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAccessibilityCheck } from './accessibility.ts';
import { composer, goTo, message, say } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

let place: Workplace;
let ada: Person;
let bob: Person;
let broken: (page: Page) => Promise<string[]>;

const pictureOf = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#3a6ea5' } })
    .png()
    .toBuffer();
const pageOf = (title: string, picture: string): string =>
  `<title>${title}</title><meta property="og:site_name" content="The Coast">
   <meta property="og:description" content="Where the tide comes in.">
   <meta property="og:image" content="/${picture}">`;

beforeAll(async () => {
  const [wide, small] = [await pictureOf(1_200, 630), await pictureOf(200, 200)];
  const html = { 'content-type': 'text/html' };
  const outbound = createMemoryOutbound(({ url }) => {
    if (url.endsWith('/wide.png')) return { headers: { 'content-type': 'image/png' }, body: wide };
    if (url.endsWith('/small.png')) return { headers: { 'content-type': 'image/png' }, body: small };
    if (url.endsWith('/sea'))
      return { headers: html, body: pageOf('The sea &lt;b>today&lt;/b>', 'wide.png') };
    if (url.endsWith('/sand')) return { headers: html, body: pageOf('Sand', 'small.png') };
    return { status: 404 };
  });
  broken = await createAccessibilityCheck();
  place = await startWorkplace('bare', { outbound });
  ada = await place.person('Ada', { ownConnection: true });
  bob = await place.person('Bob', {
    viewport: { width: 390, height: 780 },
    path: `/room/${place.generalId}`,
    colorScheme: 'dark',
  });
  await goTo(ada.page, 'general');
}, 240_000);
afterAll(() => place.close());

/** The cards come by a job, which every transaction of the database server may hold up. */
const late = { timeout: 90_000 };
const card = (page: Page, text: string, title: string): Locator =>
  message(page, text).locator('.preview').filter({ hasText: title });
const isDrawn = (image: HTMLImageElement): boolean => image.complete && image.naturalWidth > 0;

describe('cards of links', { timeout: 240_000 }, () => {
  test('come to everybody by themselves, with picture and site, wide and on a phone', async () => {
    await say(ada.page, 'Look: https://coast.example.org/sea and https://coast.example.org/sand');
    for (const { page } of [ada, bob]) {
      const sea = card(page, 'Look:', 'The sea <b>today</b>');
      await sea.waitFor(late);
      await card(page, 'Look:', 'Sand').waitFor(late);
      await sea.getByText('The Coast').waitFor();
      await sea.getByText('Where the tide comes in.').waitFor();
      expect(await sea.getByRole('link').getAttribute('href')).toBe('https://coast.example.org/sea');
      await sea.locator('img').scrollIntoViewIfNeeded();
      await vi.waitFor(async () => expect(await sea.locator('img').evaluate(isDrawn)).toBe(true), {
        timeout: 30_000,
      });
      expect(await broken(page)).toEqual([]);
    }
  });

  test('are removed by their author with the keyboard, for everybody', async () => {
    const sand = card(ada.page, 'Look:', 'Sand');
    expect(await card(bob.page, 'Look:', 'Sand').getByRole('button').count()).toBe(0);
    await sand.getByRole('button', { name: 'Remove the card: Sand' }).focus();
    await ada.page.keyboard.press('Enter');
    for (const { page } of [ada, bob]) {
      await card(page, 'Look:', 'Sand').waitFor({ state: 'detached' });
      await card(page, 'Look:', 'The sea').waitFor();
    }
    await ada.page.locator('.room-timeline .message:focus').waitFor();
  });

  test('are not made of what is between angle brackets', async () => {
    await say(ada.page, 'None: <https://coast.example.org/sand>');
    await say(ada.page, 'One: https://coast.example.org/sand');
    await card(bob.page, 'One:', 'Sand').waitFor(late);
    expect(await message(bob.page, 'None:').locator('.preview').count()).toBe(0);
    await composer(ada.page).waitFor();
  });
});
