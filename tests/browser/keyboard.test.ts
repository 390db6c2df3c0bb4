import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { composer, message, sidebarRoom, threadPane } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

let place: Workplace;
let ada: Person;
let bob: Person;
let page: Page;

beforeAll(async () => {
  place = await startWorkplace();
  ada = await place.person('Ada');
  bob = await place.person('Bob', { path: '/saved' });
  page = ada.page;
  const { room } = await bob.call('room.create', {
    clientId: 'made-by-bob',
    kind: 'public',
    name: 'gym',
  });
  await ada.call('room.join', { roomId: room.room.id });
  await composer(page).waitFor();
  await sidebarRoom(page, 'gym').waitFor();
}, 240_000);
afterAll(() => place.close());

const patience = { timeout: 20_000, interval: 50 };
const focused = (): Promise<string> =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName ?? '',
  );
const press = (...keys: readonly string[]): Promise<void> =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

/** None of these tests touches a mouse. */
describe('only a keyboard', { timeout: 120_000 }, () => {
  test('one opens a room, writes, edits and reacts', async () => {
    await press('Control+k');
    await page.getByRole('combobox', { name: 'Jump to' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('gen');
    await page.getByRole('option', { name: 'general', selected: true }).waitFor();
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'general' }).waitFor();
    await vi.waitFor(async () => expect(await focused()).toBe('Message #general'), patience);

    await page.keyboard.type('Look, no mousse');
    await press('Shift+Enter');
    await page.keyboard.type('- one');
    await press('Shift+Enter');
    await page.keyboard.type('two');
    await press('Enter');
    await message(page, 'Look, no mousse').locator('li').nth(1).waitFor();

    await press('ArrowUp');
    await vi.waitFor(async () => expect(await focused()).toBe('Edit message'), patience);
    await press('Control+a');
    await page.keyboard.type('Look, no mouse');
    await press('Enter');
    await message(page, 'Look, no mouse').getByText('(edited)').waitFor();
    await vi.waitFor(async () => expect(await focused()).toBe('Message #general'), patience);

    await focusLastMessage();
    await press('+');
    await page.getByRole('combobox', { name: 'Search emoji' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('tada');
    await page.getByRole('gridcell', { name: 'party popper' }).waitFor();
    await press('Enter');
    await message(page, 'Look, no mouse').getByRole('button', { name: /^🎉 1/ }).waitFor();
  });

  test('one replies in a thread and comes back', async () => {
    await focusLastMessage();
    await press('r');
    await threadPane(page).waitFor();
    await vi.waitFor(async () => expect(await focused()).toBe('Reply'), patience);
    await page.keyboard.type('By hand');
    await press('Enter');
    await threadPane(page).locator('.message', { hasText: 'By hand' }).waitFor();
    await press('Escape');
    await threadPane(page).waitFor({ state: 'detached' });
  });

  test('one walks through the rooms, all and unread', async () => {
    await press('Alt+ArrowDown');
    await page.getByRole('heading', { level: 1, name: 'gym' }).waitFor();
    await press('Alt+ArrowUp');
    await page.getByRole('heading', { level: 1, name: 'general' }).waitFor();
    const { rooms } = await bob.call('room.mine', {});
    const gym = rooms.find(({ room }) => room.name === 'gym')?.room.id ?? '';
    await bob.call('message.send', { roomId: gym, clientId: 'from-bob-1', text: 'Anybody in?' });
    await sidebarRoom(page, 'gym').and(page.locator('[data-unread=true]')).waitFor();
    await press('Alt+Shift+ArrowDown');
    await message(page, 'Anybody in?').waitFor();
  });

  test('names are completed while one writes', async () => {
    await composer(page).focus();
    await page.keyboard.type('Ask @bo');
    await page.getByRole('option', { name: /Bob Tester/ }).waitFor();
    await press('Enter');
    await expect.poll(() => composer(page).inputValue()).toMatch(/^Ask @bob\s$/);
    await page.keyboard.type('in #gen');
    await page.getByRole('option', { name: /general/ }).waitFor();
    await press('Tab');
    await expect.poll(() => composer(page).inputValue()).toMatch(/#general\s$/);
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await press('Enter');
    await message(page, 'Ask').getByRole('button', { name: '@Bob Tester' }).waitFor();
    await message(page, 'Ask').getByRole('link', { name: '#general' }).waitFor();
  });

  test('commands are written', async () => {
    await composer(page).focus();
    await page.keyboard.type('/topic Vices and virtues');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await press('Enter');
    await page.locator('.room-note', { hasText: 'Vices and virtues' }).waitFor();
    await expect.poll(() => composer(page).inputValue()).toBe('');
    await page.keyboard.type('/dance');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await press('Enter');
    await page.getByText('There is no command /dance').waitFor();
    await expect.poll(() => composer(page).inputValue()).toBe('/dance');
    await composer(page).fill('');
  });

  test('F6 goes through the parts of the page, and a dialog gives the focus back', async () => {
    await composer(page).focus();
    await press('F6');
    await vi.waitFor(
      async () =>
        expect(await page.evaluate(() => document.activeElement?.closest('nav') !== null)).toBe(true),
      patience,
    );
    await press('F6');
    await vi.waitFor(async () => expect(await focused()).toBe('Message #gym'), patience);
    await press('Control+/');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    for (let count = 0; count < 5; count += 1) await press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
    await press('Escape');
    await vi.waitFor(async () => expect(await focused()).toBe('Message #gym'), patience);
  });

  test('the list of keys and its page in the docs say the same', async () => {
    await press('Control+/');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await dialog.waitFor();
    const listed = await dialog.locator('dt').allInnerTexts();
    const text = readFileSync(resolve(import.meta.dirname, '../../docs/keyboard.md'), 'utf8');
    const documented = [...text.matchAll(/^\| (.+?) \| `/gm)].map(([, label = '']) => label);
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(listed.toSorted()).toEqual(documented.toSorted());
  });

  test('what others write is announced, what one writes oneself is not', async () => {
    const { rooms } = await bob.call('room.mine', {});
    const gym = rooms.find(({ room }) => room.name === 'gym')?.room.id ?? '';
    await composer(page).focus();
    await page.keyboard.type('Mine');
    await press('Enter');
    await message(page, 'Mine').waitFor();
    await bob.call('message.send', { roomId: gym, clientId: 'from-bob-2', text: 'Coming' });
    await vi.waitFor(
      async () => expect(await page.locator('[role=status]').allInnerTexts()).toContain('Bob Tester: Coming'),
      patience,
    );
  });
});

/** From the log, which may have been anywhere before. */
async function focusLastMessage(): Promise<void> {
  await page.getByRole('log', { name: /^Messages in/ }).focus();
  await press('ArrowUp');
  await page.locator('.message[data-message]:focus').waitFor();
}

test('no page complained', () => expect(place.complaints()).toEqual([]));
