import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccessibilityCheck } from './accessibility.ts';
import { message, say } from './talking.ts';
import { hasChromium, startWorkplace, type Person, type Workplace } from './workplace.ts';

const slow = 240_000;

describe.skipIf(!hasChromium)('looking after a workspace', { timeout: slow }, () => {
  let place: Workplace;
  let olive: Person;
  let ada: Person;
  let broken: (page: Page) => Promise<string[]>;
  beforeAll(async () => {
    broken = await createAccessibilityCheck();
    place = await startWorkplace();
    ada = await place.person('Ada');
    olive = await place.person('Olive', { path: '/admin', colorScheme: 'light' });
  }, 240_000);
  afterAll(() => place.close());

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const choose = async (page: Page, who: string, what: string): Promise<void> => {
    await button(page, `Actions for ${who}`).click();
    await page
      .getByRole('menu')
      .locator('button', { hasText: new RegExp(`^${what}`) })
      .click();
  };

  test('who is added sets a password by the link, and is in', async () => {
    const { page } = olive;
    expect(await broken(page)).toEqual([]);
    await button(page, 'Add a person').click();
    await page.getByLabel('Name').fill('Grace Hopper');
    await page.getByLabel('Email').fill('ada@example.org');
    await button(page, 'Add').click();
    await page.getByText('Somebody has this address already.').waitFor();
    await page.getByLabel('Email').fill('grace@example.org');
    await button(page, 'Add').click();
    const link = page.getByRole('textbox', { name: 'Link' });
    await link.waitFor();
    expect(await broken(page)).toEqual([]);
    const grace = await place.visitor({ path: new URL(await link.inputValue()).pathname });
    await grace.getByLabel('New password').fill('compile the compiler');
    await button(grace, 'Set the password').click();
    await grace.locator('.sidebar').waitFor();
    await grace.context().close();
    await button(page, 'Done').click();
    await page.getByText('grace@example.org').waitFor();
  });

  test('people are found, given a role, sent away and let in again', async () => {
    const { page } = olive;
    await page.getByLabel('Search people').fill('grace@');
    await page.getByText('One person').waitFor();
    await choose(page, 'Grace Hopper', 'Administrator');
    await page.getByText('Grace Hopper is an administrator now').waitFor();
    await choose(page, 'Grace Hopper', 'Deactivate');
    expect(await broken(page)).toEqual([]);
    await button(page, 'Deactivate').click();
    await page.locator('.rows').getByText('Deactivated').waitFor();
    expect(await broken(page)).toEqual([]);
    await choose(page, 'Grace Hopper', 'Reactivate');
    await page.locator('.rows').getByText('Deactivated').waitFor({ state: 'detached' });
    await page.getByLabel('Search people').fill('nobody');
    await page.getByText('Nobody found for “nobody”').waitFor();
  });

  test('the only owner cannot step down', async () => {
    const { page } = olive;
    await page.getByLabel('Search people').fill('olive');
    await choose(page, 'Olive Owner', 'Member');
    await button(page, 'Change my role').click();
    await page.getByText('A workspace needs at least one owner.').waitFor();
  });

  test('a password that is reset ends the sessions, and a link leads back', async () => {
    const { page } = olive;
    const bob = await place.person('Bob');
    await page.goto('/admin/people');
    await choose(page, 'Bob Tester', 'Reset password');
    await button(page, 'Reset password').click();
    const link = page.getByRole('textbox', { name: 'Link' });
    await link.waitFor();
    await bob.page.getByRole('heading', { name: 'Sign in to Test House' }).waitFor();
    await bob.page.goto(new URL(await link.inputValue()).pathname);
    await bob.page.getByLabel('New password').fill('another horse battery');
    await button(bob.page, 'Set the password').click();
    await bob.page.locator('.sidebar').waitFor();
    await bob.page.context().close();
    await button(page, 'Done').click();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await expect.poll(focused).toBe('Actions for Bob Tester');
  });

  test('an invitation is shown once, lets one in, and not when it is revoked', async () => {
    const { page } = ada;
    await button(page, 'Test House').click();
    await page.getByRole('menuitem', { name: 'Invite people' }).click();
    await page.getByText('No links').waitFor();
    await page.getByLabel('For how many').selectOption('5 people');
    await button(page, 'Create link').click();
    const made = page.getByRole('textbox', { name: 'Your link' });
    await made.waitFor();
    expect(await broken(page)).toEqual([]);
    const guest = await place.visitor({ path: new URL(await made.inputValue()).pathname });
    await guest.getByText('Ada Tester invited you.').waitFor();
    const list = page.getByRole('list', { name: 'Links that still work' });
    await list.getByText('For 5 people').waitFor();
    await list.getByRole('button', { name: /^Revoke/ }).click();
    await button(page, 'Revoke link').click();
    await page.getByText('No links').waitFor();
    await guest.reload();
    await guest.getByText('This invitation no longer works').waitFor();
    await guest.context().close();
  });

  test('who may invite is decided for the workspace', async () => {
    const { page } = olive;
    await page.goto('/admin/workspace');
    await page.getByLabel('Domains, one on each line').fill('example');
    await page.getByLabel('Only administrators').check();
    await button(page, 'Save changes').click();
    await page.getByText('“example” is no domain.').waitFor();
    expect(await broken(page)).toEqual([]);
    await page.getByLabel('Domains, one on each line').fill('@example.org');
    await page.getByLabel('Name of the workspace').fill('Tested House');
    await button(page, 'Save changes').click();
    await page.getByText('Workspace saved').waitFor();
    await ada.page.getByText('Only administrators invite people here').waitFor();
    await button(ada.page, 'Tested House').click();
    await ada.page.getByRole('menuitem', { name: 'New section…' }).waitFor();
    expect(await ada.page.getByRole('menuitem', { name: 'Invite people' }).count()).toBe(0);
    await ada.page.keyboard.press('Escape');
    await ada.page.getByRole('menu').waitFor({ state: 'detached' });
    const door = await place.visitor();
    await door.getByRole('link', { name: 'Create an account' }).waitFor();
    await door.context().close();
  });

  test('an own emoji is looked at, added, used and removed', async () => {
    const picture = { width: 96, height: 96, channels: 4 as const, background: '#30a060' };
    const buffer = await sharp({ create: picture }).png().toBuffer();
    await olive.page.goto('/admin/emoji');
    await button(olive.page, 'Add an emoji').click();
    await olive.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'Green Light.png', mimeType: 'image/png', buffer });
    await olive.page.locator('.add-emoji__preview').first().waitFor();
    expect(await broken(olive.page)).toEqual([]);
    await expect.poll(() => olive.page.getByLabel('Name').inputValue()).toBe('green_light');
    await olive.page.getByLabel('Name').fill('tada');
    await button(olive.page, 'Add').click();
    await olive.page.getByText('There is an emoji of this name already.').waitFor();
    await olive.page.getByLabel('Name').fill('green_light');
    await button(olive.page, 'Add').click();
    await olive.page.getByRole('list', { name: 'Custom emoji' }).getByText(':green_light:').waitFor();
    expect(await broken(olive.page)).toEqual([]);

    await ada.page.goto(`/room/${place.generalId}`);
    await say(ada.page, 'Go :green_light:');
    await message(ada.page, 'Go').locator('img[alt*="green_light"]').waitFor();
    await button(olive.page, 'Remove :green_light:').click();
    await button(olive.page, 'Remove emoji').click();
    await message(ada.page, 'Go').locator('img[alt*="green_light"]').waitFor({ state: 'detached' });
  });

  test('a room is archived and brought back', async () => {
    const { page } = olive;
    await page.goto('/admin/rooms');
    await page.getByLabel('Search rooms').fill('#gen');
    await choose(page, 'general', 'Archive');
    await button(page, 'Archive room').click();
    await page.locator('.rows').getByText('Archived').waitFor();
    expect(await broken(page)).toEqual([]);
    await ada.page.locator('.room-timeline').getByText('archived').first().waitFor();
    await choose(page, 'general', 'Bring it back');
    await page.locator('.rows').getByText('Archived').waitFor({ state: 'detached' });
  });

  test('the days are drawn, and told to whoever does not see them', async () => {
    const { page } = olive;
    await page.goto('/admin/statistics');
    const chart = page.getByRole('slider', { name: 'messages, day by day' });
    await chart.waitFor();
    expect(await broken(page)).toEqual([]);
    await expect
      .poll(async () => {
        await page.reload();
        return chart.getAttribute('aria-valuetext');
      })
      .toMatch(/: 1 message$/);
    await chart.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => chart.getAttribute('aria-valuetext')).toMatch(/: 0 messages$/);
  });

  test('how the system is doing is drawn, and told as a table', async () => {
    const { page } = olive;
    await page.goto('/admin/health');
    await page.getByRole('status').getByText('Everything works').waitFor();
    await page.getByRole('img', { name: /^Connections: \d+ now, \d+ at most$/ }).waitFor();
    await page.getByRole('list', { name: 'Chores' }).getByRole('listitem').first().waitFor();
    expect(await broken(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Table' }).click();
    await page.getByRole('columnheader', { name: 'Messages per second' }).waitFor();
    // The first is measured some seconds after the start.
    await page.getByRole('rowheader').first().waitFor();
    expect(await broken(page)).toEqual([]);
  });

  test('what surrounds the node is looked at when somebody wants to know', async () => {
    const { page } = olive;
    await page.goto('/admin/health');
    const look = button(page, 'Look now');
    await look.waitFor();
    expect(await page.getByRole('heading', { name: 'This machine' }).count()).toBe(0);
    await look.focus();
    await page.keyboard.press('Enter');
    const counts = '7 passed, 7 to mend, 7 failed, 7 skipped';
    await page.getByRole('status').getByText(counts).waitFor();
    const machine = page.getByRole('list', { name: 'This machine' }).getByRole('listitem');
    // What is to be done comes first.
    expect(await machine.allInnerTexts()).toEqual([
      expect.stringMatching(/^third of machine\s+Failed\s+LATIN1\s+To do: Make it anew\.$/),
      expect.stringMatching(/^second of machine\s+To mend\s+little left\s+To do: Make some room\.$/),
      expect.stringMatching(/^first of machine\s+Passed\s+as it should be$/),
    ]);
    await page.getByText('1 skipped').first().click();
    await page.getByText('fourth of machine').waitFor();
    expect(await broken(page)).toEqual([]);
  });

  test('others are told that this is not for them', async () => {
    for (const path of ['/admin', '/admin/people']) {
      await ada.page.goto(path);
      await ada.page.getByText('This is for administrators').waitFor();
    }
    expect(await broken(ada.page)).toEqual([]);
    await ada.page.setViewportSize({ width: 390, height: 844 });
    await ada.page.getByText('This is for administrators').waitFor();
    expect(await broken(ada.page)).toEqual([]);
  });

  test('a phone has room for all of it', async () => {
    const { page } = olive;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/admin');
    expect(await broken(page)).toEqual([]);
    const sections = ['People', 'Invitations', 'Rooms', 'Custom emoji', 'Workspace', 'Statistics'];
    for (const section of [...sections, 'System health']) {
      await page.getByRole('link', { name: section }).click();
      await page.getByRole('heading', { level: 1, name: section }).waitFor();
      expect(await broken(page), section).toEqual([]);
      const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await expect.poll(wider, { message: section }).toBeLessThanOrEqual(0);
      await button(page, 'Back').click();
    }
  });

  test('no page complained', () => {
    // A browser logs every answer that is no success, and these were wanted.
    expect(place.complaints().filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
  });
});
