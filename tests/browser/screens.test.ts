import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccessibilityCheck } from './accessibility.ts';
import { goTo, message } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

let place: Workplace;
let broken: (page: Page) => Promise<string[]>;

beforeAll(async () => {
  broken = await createAccessibilityCheck();
  place = await startWorkplace('demo');
}, 240_000);
afterAll(() => place.close());

/** A screen: the way there, and what shows that it is there. */
interface Screen {
  readonly name: string;
  readonly go: (page: Page) => Promise<void>;
}

const visit =
  (path: string, sign: string): Screen['go'] =>
  async (page) => {
    await page.goto(path);
    await page.locator(sign).first().waitFor();
  };

const room: Screen['go'] = async (page) => {
  await page.goto('/browse');
  await goTo(page, 'e-bike');
  await page.locator('.room-timeline .message').first().waitFor();
};

const screens: readonly Screen[] = [
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
      await page.getByRole('tab', { name: 'Members' }).click();
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

const dialogs: readonly Screen[] = [
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
      await page.locator('.room-timeline .message').last().hover();
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Copy link' }).waitFor();
    },
  },
  {
    name: 'choosing an emoji',
    async go(page) {
      await page.locator('.room-timeline .message').last().hover();
      await page.locator('.message-toolbar').getByRole('button', { name: 'Add a reaction' }).click();
      await page.locator('.ui-emoji__cell').first().waitFor();
    },
  },
];

/** Esc closes what is on top: suggestions, then the dialog they are in. */
async function closeAll(page: Page): Promise<void> {
  const open = page.locator('dialog[open], .ui-popover:popover-open');
  while ((await open.count()) > 0) {
    const before = await open.count();
    await page.keyboard.press('Escape');
    await open.nth(before - 1).waitFor({ state: 'detached' });
  }
}

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
    expect(await page.locator('.sidebar').count()).toBe(0);
    expect(await broken(page)).toEqual([]);
    await page.locator('.thread-summary').last().click();
    await page.locator('.thread__root .message').waitFor();
    expect(await broken(page)).toEqual([]);
    expect(await page.locator('.room-timeline').count()).toBe(0);
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
