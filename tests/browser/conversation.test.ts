import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { composer, goTo, message, say, sidebarRoom, texts, threadPane, toolbarOf } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

let place: Workplace;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  place = await startWorkplace();
  [ada, bob] = await Promise.all([place.person('Ada', { ownConnection: true }), place.person('Bob')]);
  await Promise.all([goTo(ada.page, 'general'), goTo(bob.page, 'general')]);
}, 240_000);
afterAll(() => place.close());

const patience = { timeout: 20_000, interval: 50 };
const slow = 120_000;

describe('two people', { timeout: slow }, () => {
  test('what one says the other sees, once and in order', async () => {
    await say(ada.page, 'Good morning');
    await message(ada.page, 'Good morning').waitFor();
    await message(bob.page, 'Good morning').waitFor();
    await say(bob.page, 'Good morning, **Ada**');
    await message(ada.page, 'Good morning, Ada').locator('strong').waitFor();
    await say(ada.page, 'How are you?');
    await message(bob.page, 'How are you?').waitFor();
    for (const { page } of [bob, ada]) {
      await expect
        .poll(() => texts(page), patience)
        .toEqual(['Good morning', 'Good morning, Ada', 'How are you?']);
    }
  });

  test('an edit is made in place and leaves its mark', async () => {
    await composer(ada.page).press('ArrowUp');
    const editor = ada.page.getByLabel('Edit message');
    await editor.fill('How are you today?');
    await editor.press('Enter');
    await message(bob.page, 'How are you today?').getByText('(edited)').waitFor();
    expect(await message(bob.page, 'How are you?').count()).toBe(0);
    await message(bob.page, 'today?').getByText('(edited)').click();
    const history = bob.page.getByRole('dialog', { name: 'Earlier versions' });
    await history.getByText('How are you?').waitFor();
    await bob.page.keyboard.press('Escape');
    await history.waitFor({ state: 'detached' });
  });

  test('a reaction counts whoever gave it', async () => {
    const toolbar = await toolbarOf(message(ada.page, 'Good morning, Ada'));
    await toolbar.getByRole('button', { name: 'React with 👍' }).click();
    const chip = message(bob.page, 'Good morning, Ada').getByRole('button', { name: /^👍 1/ });
    await chip.click();
    await message(ada.page, 'Good morning, Ada').getByRole('button', { name: /^👍 2/ }).waitFor();
    await chip.or(message(bob.page, 'Good morning, Ada').getByRole('button', { name: /^👍 2/ })).click();
    await message(ada.page, 'Good morning, Ada').getByRole('button', { name: /^👍 1/ }).waitFor();
  });

  test('a thread has its own place, and the room says that it is there', async () => {
    const toolbar = await toolbarOf(message(bob.page, 'Good morning, Ada'));
    await toolbar.getByRole('button', { name: 'Reply in a thread' }).click();
    const reply = threadPane(bob.page).locator('.composer .message-field');
    await reply.fill('Only here');
    await reply.press('Enter');
    await threadPane(bob.page).locator('.message', { hasText: 'Only here' }).waitFor();
    const summary = message(ada.page, 'Good morning, Ada').getByRole('button', { name: /1 reply/ });
    await summary.click();
    await threadPane(ada.page).locator('.message', { hasText: 'Only here' }).waitFor();
    expect(await message(ada.page, 'Only here').count()).toBe(0);

    await threadPane(ada.page).getByText('Also send to the room').click();
    const answer = threadPane(ada.page).locator('.composer .message-field');
    await answer.fill('For all to see');
    await answer.press('Enter');
    await message(bob.page, 'For all to see').getByText('Replied in a thread').waitFor();
    await bob.page.keyboard.press('Escape');
    await threadPane(bob.page).waitFor({ state: 'detached' });
    await ada.page.goBack();
    await threadPane(ada.page).waitFor({ state: 'detached' });
  });

  test('a deleted message leaves a stone', async () => {
    await say(bob.page, 'This was a mistake');
    await message(ada.page, 'This was a mistake').waitFor();
    const toolbar = await toolbarOf(message(bob.page, 'This was a mistake'));
    await toolbar.getByRole('button', { name: 'More', exact: true }).click();
    await bob.page.getByRole('menuitem', { name: 'Delete…' }).click();
    await bob.page.getByRole('button', { name: 'Delete message' }).click();
    await message(ada.page, 'This message was deleted').waitFor();
    expect(await message(ada.page, 'This was a mistake').count()).toBe(0);
  });
});

describe('being away', { timeout: slow }, () => {
  test('a mention is counted while one is elsewhere, and the New line is where one left off', async () => {
    await ada.page.goto('/saved');
    await say(bob.page, 'Are you there, @ada ?');
    await say(bob.page, 'It is urgent');
    const row = sidebarRoom(ada.page, 'general');
    await row.getByText('1 mention').waitFor({ state: 'attached' });
    await expect.poll(() => ada.page.title(), patience).toMatch(/^\(1\)/);
    await row.click();
    await ada.page.getByRole('separator', { name: 'New messages' }).waitFor();
    const rows = ada.page.locator('.room-timeline .ui-timeline__row');
    const withLine = await rows.filter({ has: ada.page.locator('.new-line') }).allInnerTexts();
    expect(withLine.join()).toContain('Are you there');
    // Read by being looked at.
    await row.locator('[data-tone]').waitFor({ state: 'detached' });
    await vi.waitFor(async () => expect(await row.getAttribute('data-unread')).toBe('false'), patience);
  });

  test('a reload shows the same', async () => {
    const before = await texts(ada.page);
    await ada.page.reload();
    await message(ada.page, 'It is urgent').waitFor();
    await expect.poll(async () => (await texts(ada.page)).slice(-3), patience).toEqual(before.slice(-3));
  });

  test('without a network nothing is lost, and what was said meanwhile comes after', async () => {
    await ada.page.context().setOffline(true);
    await say(ada.page, 'Written in a tunnel');
    await message(ada.page, 'Written in a tunnel').waitFor();
    await ada.page.getByText('Reconnecting — your messages will be sent').waitFor();
    await say(bob.page, 'Still here');
    await message(bob.page, 'Still here').waitFor();
    expect(await message(bob.page, 'Written in a tunnel').count()).toBe(0);
    expect(await message(ada.page, 'Still here').count()).toBe(0);
    await ada.page.context().setOffline(false);
    await message(bob.page, 'Written in a tunnel').waitFor();
    await message(ada.page, 'Still here').waitFor();
    expect(await message(bob.page, 'Written in a tunnel').count()).toBe(1);
  });

  test('a server that restarts is come back to', async () => {
    await place.stopServer();
    await say(ada.page, 'Into the void');
    await ada.page.getByText('Reconnecting — your messages will be sent').waitFor();
    await place.startServer();
    await message(bob.page, 'Into the void').waitFor();
    await ada.page.getByText('Reconnecting').waitFor({ state: 'detached' });
    expect(await message(bob.page, 'Into the void').count()).toBe(1);
    const bobs = (await texts(bob.page)).slice(-3);
    await expect.poll(async () => (await texts(ada.page)).slice(-3), patience).toEqual(bobs);
  });

  test('a second device has the same drafts and the same unread', async () => {
    await composer(ada.page).fill('Half a thought');
    const tablet = await ada.elsewhere({ path: `/room/${place.generalId}` });
    await vi.waitFor(
      async () => expect(await composer(tablet.page).inputValue()).toBe('Half a thought'),
      patience,
    );
    await tablet.page.goto('/saved');
    await composer(ada.page).fill('');
    await ada.page.goto('/saved');
    await say(bob.page, 'One for both');
    for (const { page } of [ada, tablet]) {
      await vi.waitFor(
        async () => expect(await sidebarRoom(page, 'general').getAttribute('data-unread')).toBe('true'),
        patience,
      );
    }
    await goTo(tablet.page, 'general');
    await vi.waitFor(
      async () => expect(await sidebarRoom(ada.page, 'general').getAttribute('data-unread')).toBe('false'),
      patience,
    );
    await tablet.page.context().close();
  });
});

test('no page complained', () => expect(place.complaints()).toEqual([]));
