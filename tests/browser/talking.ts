/** What people do in front of the page, in their words. */
import type { Locator, Page } from 'playwright-core';

export function composer(page: Page): Locator {
  return page.locator('.room-timeline .composer .message-field');
}

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** The rows of the room that say this. */
export function message(page: Page, text: string): Locator {
  return page.locator('.room-timeline .message').filter({ hasText: text });
}

export function threadPane(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Thread' });
}

export function sidebarRoom(page: Page, name: string): Locator {
  return page.locator('.sidebar .side-row').filter({ hasText: name });
}

export async function goTo(page: Page, room: string): Promise<void> {
  await page.locator('.sidebar .ui-virtual__row').first().waitFor();
  await scrollTo(page, room);
  await sidebarRoom(page, room).click();
  await page.getByRole('heading', { level: 1, name: room }).waitFor();
}

/** Of a list that is longer than its view only what is near is drawn. */
async function scrollTo(page: Page, room: string): Promise<void> {
  const row = sidebarRoom(page, room);
  for (let views = 0; views < 20 && (await row.count()) === 0; views += 1) {
    await page.locator('.sidebar__scroll').evaluate(async (list) => {
      list.scrollBy(0, list.clientHeight);
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    });
  }
}

/**
 * What can be done with a message, beside it. A message that is just being kept is drawn anew under the pointer, which
 * then has to move for the page to notice.
 */
export async function toolbarOf(row: Locator): Promise<Locator> {
  const toolbar = row.locator('.message-toolbar');
  for (let turn = 0; turn < 60; turn += 1) {
    await row.hover({ position: { x: 60 + (turn % 2), y: 8 } });
    const isThere = await toolbar.waitFor({ timeout: 500 }).then(
      () => true,
      () => false,
    );
    if (isThere) break;
  }
  return toolbar;
}

/** All texts of the room that are drawn, from top to bottom. */
export async function texts(page: Page): Promise<string[]> {
  const all = await page.locator('.room-timeline .message .md').allInnerTexts();
  return all.map((text) => text.trim());
}
