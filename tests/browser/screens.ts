/** The screens of the page, and what opens above a room, in the demo. */
import type { Page } from 'playwright-core';
import { goTo, toolbarOf } from './talking.ts';

/** A screen: the way there, and what shows that it is there. */
export interface Screen {
  readonly name: string;
  readonly go: (page: Page) => Promise<void>;
}

export const visit =
  (path: string, sign: string): Screen['go'] =>
  async (page) => {
    await page.goto(path);
    await page.locator(sign).first().waitFor();
  };

function isPhone(page: Page): boolean {
  return (page.viewportSize()?.width ?? 0) < 720;
}

export const room: Screen['go'] = async (page) => {
  // A phone shows the list of rooms by itself.
  await page.goto(isPhone(page) ? '/' : '/browse');
  await goTo(page, 'e-bike');
  await page.locator('.room-timeline .message').first().waitFor();
};

export const screens: readonly Screen[] = [
  { name: 'unreads', go: visit('/unreads', '.unread-line, .ui-empty') },
  { name: 'threads', go: visit('/threads', '.thread-card') },
  { name: 'mentions', go: visit('/mentions', '.message-card, .ui-empty') },
  { name: 'drafts', go: visit('/drafts', '.draft-card') },
  { name: 'saved', go: visit('/saved', '.message-card, .ui-empty') },
  { name: 'the list of rooms', go: visit('/browse', '.browse__row') },
  { name: 'an address that leads nowhere', go: visit('/nowhere', '.ui-empty') },
  { name: 'a room that is not there', go: visit('/room/999999', '.ui-empty') },
  { name: 'a room', go: room },
  {
    name: 'a thread',
    async go(page) {
      await room(page);
      await page.locator('.thread-summary').last().click();
      await page.locator('.thread__root .message').waitFor();
    },
  },
  {
    name: 'what there is to know of a room',
    async go(page) {
      await room(page);
      await page.locator('.room-heading__button').click();
      await page.locator('.details').getByRole('tab').nth(1).click();
      await page.locator('.details__people .person-row').first().waitFor();
    },
  },
  {
    name: 'a profile',
    async go(page) {
      await room(page);
      await page.locator('.message__author').last().click();
      await page.locator('.profile__facts').waitFor();
    },
  },
];

export const dialogs: readonly Screen[] = [
  {
    name: 'the switcher',
    async go(page) {
      await page.keyboard.press('Control+k');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'making a room',
    async go(page) {
      await page.getByRole('button', { name: 'Velo Works' }).click();
      await page.getByRole('menuitem', { name: 'Create a room' }).click();
      await page.getByLabel('Name').waitFor();
    },
  },
  {
    name: 'a new message',
    async go(page) {
      await page.getByRole('button', { name: 'New message' }).click();
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'a status',
    async go(page) {
      await page.locator('.own-row__button').click();
      await page.getByRole('menuitem', { name: /status/ }).click();
      await page.locator('.status-suggestions').waitFor();
    },
  },
  {
    name: 'the shortcuts',
    async go(page) {
      await page.keyboard.press('Control+/');
      await page.locator('.shortcut-list').waitFor();
    },
  },
  {
    name: 'the menu of a message',
    async go(page) {
      const message = page.locator('.room-timeline .message').last();
      if (isPhone(page)) {
        await message.dispatchEvent('pointerdown', { pointerType: 'touch' });
      } else {
        const toolbar = await toolbarOf(message);
        await toolbar.getByRole('button', { name: 'More', exact: true }).click();
      }
      await page.getByRole('menuitem', { name: 'Copy link' }).waitFor();
    },
  },
  {
    name: 'choosing an emoji',
    async go(page) {
      const toolbar = await toolbarOf(page.locator('.room-timeline .message').last());
      await toolbar.getByRole('button', { name: 'Add a reaction' }).click();
      await page.locator('.ui-emoji__cell').first().waitFor();
    },
  },
];

/** Esc closes what is on top: suggestions, then the dialog they are in. Suggestions may come while it is pressed. */
export async function closeAll(page: Page): Promise<void> {
  const open = page.locator('dialog[open], .ui-popover:popover-open');
  for (let presses = 0; presses < 8 && (await open.count()) > 0; presses += 1) {
    const before = await open.count();
    await page.keyboard.press('Escape');
    const closing = open.nth(before - 1).waitFor({ state: 'detached', timeout: 3_000 });
    await closing.catch(() => {});
  }
  await open.first().waitFor({ state: 'detached' });
}
