import { sql } from '@confab/server/kit/sql';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAccessibilityCheck } from './accessibility.ts';
import { composer, message, say, toolbarOf } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

let place: Workplace;
let ada: Person;
let bob: Person;
let page: Page;
let broken: (page: Page) => Promise<string[]>;

beforeAll(async () => {
  broken = await createAccessibilityCheck();
  place = await startWorkplace();
  ada = await place.person('Ada');
  bob = await place.person('Bob');
  page = ada.page;
  await composer(page).waitFor();
}, 240_000);
afterAll(() => place.close());

const patience = { timeout: 30_000, interval: 100 };
const card = (text: string): Locator =>
  page.locator('.scheduled-card, .message-card').filter({ hasText: text });
const list = (name: string): Locator => page.locator('.sidebar').getByRole('link', { name });

/** Opens the menu of a message with the mouse. */
async function menuOf(text: string): Promise<void> {
  const toolbar = await toolbarOf(message(page, text).last());
  await toolbar.getByRole('button', { name: 'More', exact: true }).click();
}

/** Lets a reminder fall due: a call may only name a time to come, and how long that takes to arrive nobody knows. */
async function fallDue(reminderId: string): Promise<void> {
  await place.database.rows(sql`update reminders set remind_at = now() where id = ${reminderId}`);
}

describe('sending later', { timeout: 120_000 }, () => {
  test('a message is planned, changed, sent at once and deleted', async () => {
    await composer(page).fill('Not before tomorrow');
    await page.getByRole('button', { name: 'Send later' }).click();
    await page.getByRole('menuitem', { name: /^Tomorrow at/ }).click();
    await vi.waitFor(async () => expect(await composer(page).inputValue()).toBe(''), patience);
    await composer(page).fill('On a day of my own');
    await page.getByRole('button', { name: 'Send later' }).click();
    await page.getByRole('menuitem', { name: 'Choose date and time…' }).click();
    await page.getByLabel('Date').fill('2020-01-01');
    await page.getByText('That time has passed.').waitFor();
    const date = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('Date').fill(date);
    await page.getByRole('button', { name: 'Schedule', exact: true }).click();

    await page.getByRole('button', { name: '2 scheduled messages' }).click();
    await card('Not before tomorrow')
      .getByText(/^Tomorrow, /)
      .waitFor();
    expect(await broken(page)).toEqual([]);
    await card('On a day of my own').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete message' }).click();
    await card('On a day of my own').waitFor({ state: 'detached' });

    await card('Not before tomorrow').getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Message', { exact: true }).fill('Now rather');
    await page.getByRole('button', { name: 'Save' }).click();
    await card('Now rather').getByRole('button', { name: 'Send now' }).click();
    await card('Now rather').waitFor({ state: 'detached' });
    await message(bob.page, 'Now rather').waitFor();
  });

  test('what cannot be sent stays, with the reason', async () => {
    const { room } = await ada.call('room.create', {
      clientId: 'made-for-failing',
      kind: 'public',
      name: 'soon-gone',
    });
    const roomId = room.room.id;
    await ada.call('message.schedule', {
      roomId,
      clientId: 'planned-for-failing',
      text: 'Nobody will read this',
      sendAt: Date.now() + 3_600_000,
    });
    await ada.call('room.change', { roomId, archived: true });
    await place.database.rows(sql`update scheduled_messages set send_at = now() where room_id = ${roomId}`);
    await page.goto('/drafts');
    await page.getByRole('tab', { name: /Scheduled/ }).click();
    await card('Nobody will read this')
      .getByText(/^Not sent\. .*archived/)
      .waitFor();
    expect(await broken(page)).toEqual([]);
    await expect.poll(() => list('Drafts').innerText()).toMatch(/1/);
    await card('Nobody will read this').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete message' }).click();
    await page.getByText('Nothing scheduled').waitFor();
  });
});

describe('reminders', { timeout: 120_000 }, () => {
  test('one is reminded of a message, puts it off, and is done with it', async () => {
    await page.goto('/');
    await say(bob.page, 'Water the plants');
    await message(page, 'Water the plants').waitFor();
    await menuOf('Water the plants');
    await page.getByRole('menuitem', { name: 'Remind me…' }).click();
    await page.getByLabel('Note').fill('The big one too');
    expect(await broken(page)).toEqual([]);
    await page.getByRole('button', { name: 'In 3 hours' }).click();
    const toast = page.locator('.ui-toast');
    await toast.filter({ hasText: 'You will be reminded' }).waitFor();

    const messageId = await message(page, 'Water the plants').getAttribute('data-message');
    const remindAt = Date.now() + 3_600_000;
    const { reminderId } = await ada.call('reminder.create', {
      clientId: 'due-at-once',
      remindAt,
      messageId,
    });
    await fallDue(reminderId);
    await toast.filter({ hasText: 'Reminder: Water the plants' }).waitFor();
    await vi.waitFor(async () => expect(await list('Later').innerText()).toMatch(/1/), patience);

    await list('Later').click();
    const cards = page.locator('.message-card');
    await cards.first().getByText(/^Due /).waitFor();
    await cards.last().getByText('The big one too').waitFor();
    expect(await broken(page)).toEqual([]);
    await cards.first().getByRole('button', { name: 'Remind me again' }).click();
    await page.getByRole('menuitem', { name: 'In 20 minutes' }).click();
    await page.getByText(/^Due /).waitFor({ state: 'detached' });
    await cards.first().getByRole('button', { name: 'Done' }).click();
    await cards.first().getByText('The big one too').waitFor();
    await cards.first().getByRole('button', { name: 'Delete reminder' }).click();
    await page.getByText('No reminders').waitFor();
  });

  test('what is done is kept in a list, can be taken up again, and be cleared', async () => {
    await page.goto('/');
    for (const note of ['First thing', 'Second thing']) {
      const remindAt = Date.now() + 3_600_000;
      const { reminderId } = await ada.call('reminder.create', {
        clientId: `completed-${note.length}`,
        remindAt,
        note,
      });
      await ada.call('reminder.complete', { reminderId });
    }
    await list('Later').click();
    await page.getByRole('tab', { name: 'Completed' }).click();
    const second = page.locator('.message-card').filter({ hasText: 'Second thing' });
    await second.getByText(/^Done /).waitFor();
    expect(await broken(page)).toEqual([]);
    await second.getByRole('button', { name: 'Remind me again' }).click();
    await page.getByRole('menuitem', { name: 'In 20 minutes' }).click();
    await second.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Clear list' }).click();
    await page.getByRole('button', { name: 'Forget them' }).click();
    await page.getByText('Nothing completed yet').waitFor();
    await page.getByRole('tab', { name: /Reminders/ }).click();
    await second.getByRole('button', { name: 'Delete reminder' }).click();
    await page.getByText('No reminders').waitFor();
  });

  test('the notice leads to the message', async () => {
    const { messages } = await ada.call('room.history', { roomId: place.generalId });
    const messageId = messages.find(({ text }) => text === 'Water the plants')?.id ?? '';
    const remindAt = Date.now() + 3_600_000;
    const { reminderId } = await ada.call('reminder.create', { clientId: 'due-again', remindAt, messageId });
    await fallDue(reminderId);
    const notice = page.locator('.ui-toast').filter({ hasText: 'Reminder: Water the plants' }).last();
    await notice.getByRole('button', { name: 'Open' }).click();
    await message(page, 'Water the plants').waitFor();
  });
});

describe('earlier versions', { timeout: 60_000 }, () => {
  test('are a press or a menu away', async () => {
    await say(page, 'Frist words');
    await message(page, 'Frist words').waitFor();
    await composer(page).press('ArrowUp');
    await page.getByRole('textbox', { name: 'Edit message' }).fill('First words');
    await page.getByRole('textbox', { name: 'Edit message' }).press('Enter');
    await message(page, 'First words').getByText('(edited)').click();
    const history = page.getByRole('dialog', { name: 'Earlier versions' });
    await history.getByText('Frist words').waitFor();
    await page.keyboard.press('Escape');
    await history.waitFor({ state: 'detached' });
    await menuOf('First words');
    await page.getByRole('menuitem', { name: 'Earlier versions' }).click();
    await history.getByText('Frist words').waitFor();
    expect(await broken(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await history.waitFor({ state: 'detached' });
  });
});

test('no page complained', () => expect(place.complaints()).toEqual([]));
