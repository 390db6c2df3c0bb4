/** Password links and invitations by a real mail server, asked for and used in a real browser. */
import { createSmtpMail, readMailServer } from '@confab/server/platform/mail/index';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMailServer, type ArrivedMail, type MailServerForTests } from '../support/mail-server.ts';
import { createAccessibilityCheck } from './accessibility.ts';
import { startWorkplace, type Workplace } from './workplace.ts';

let post: MailServerForTests;
let place: Workplace;
let check: (page: Page) => Promise<string[]>;

beforeAll(async () => {
  post = await startMailServer({});
  const server = readMailServer(`smtp://localhost:${post.port}`);
  if (!server) throw new Error('no mail server');
  const mail = createSmtpMail({ server, from: 'chat@example.org', trusted: post.certificate });
  place = await startWorkplace('bare', { mail });
  check = await createAccessibilityCheck();
}, 240_000);
afterAll(async () => {
  await place.close();
  await post.close();
});

/** The newest to an address, once it has come; after `earlier` of them. */
async function mailTo(address: string, earlier = 0): Promise<ArrivedMail> {
  const arrived = () => post.arrived.filter(({ to }) => to.includes(address));
  await expect.poll(() => arrived().length, { timeout: 60_000 }).toBe(earlier + 1);
  const newest = arrived().at(-1);
  if (!newest) throw new Error(`no mail to ${address}`);
  return newest;
}
const pathIn = ({ raw }: ArrivedMail, way: 'reset' | 'join'): string =>
  new RegExp(`/${way}/cf[ir]_[\\w-]{43}`).exec(raw)?.[0] ?? 'no link';

describe('mail', { timeout: 120_000 }, () => {
  test('a forgotten password is set anew by a link', async () => {
    await (await place.person('Ada')).page.context().close();
    const page = await place.visitor({ viewport: { width: 390, height: 800 } });
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
    expect(await check(page)).toEqual([]);
    await page.getByLabel('Email').fill('ada');
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText('Enter an email address').waitFor();
    await page.getByLabel('Email').fill('ada@example.org');
    await page.getByLabel('Email').press('Enter');
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    expect(await check(page)).toEqual([]);

    await page.goto(pathIn(await mailTo('ada@example.org'), 'reset'));
    await page.getByLabel('New password', { exact: true }).fill('a quite new password');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.locator('.sidebar, .main-frame').first().waitFor();
  });

  test('an address that nobody has is answered alike', async () => {
    const page = await place.visitor({ path: '/forgot' });
    await page.getByLabel('Email').fill('stranger@example.org');
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText('If stranger@example.org belongs to somebody here').waitFor();
    expect(post.arrived.filter(({ to }) => to.includes('stranger@example.org'))).toEqual([]);
  });

  test('an administrator invites people by their addresses', async () => {
    const { page } = await place.person('Olive');
    await page.goto('/invitations');
    const addresses = page.getByLabel('Addresses');
    await addresses.fill('grace@example.org, grace at example');
    await page.getByRole('button', { name: 'Send invitations' }).click();
    await page.getByText('This is no email address: grace').waitFor();
    await addresses.fill('grace@example.org\nada@example.org');
    await page.getByRole('button', { name: 'Send invitations' }).click();
    await page.locator('.invitation-made').getByText('One invitation is on its way.').waitFor();
    await page.getByText('Here already, and not invited again: ada@example.org').waitFor();
    expect(await check(page)).toEqual([]);

    const guest = await place.visitor({ path: pathIn(await mailTo('grace@example.org'), 'join') });
    await guest.getByText('invited you.').waitFor();
    await guest.getByLabel('Your name').fill('Grace');
    await guest.getByLabel('Email').fill('grace@example.org');
    await guest.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await guest.getByRole('button', { name: 'Join' }).click();
    await guest.locator('.sidebar, .main-frame').first().waitFor();
  });

  test('what was missed comes as its reader chose, and a link in it ends it', async () => {
    const { page, call } = await place.person('Mia');
    await page.goto('/settings/notifications');
    await page.getByText('It goes to mia@example.org.').waitFor();
    const absence = page.getByRole('group', { name: 'When you are away for' });
    await absence.getByLabel('A quarter of an hour').check();
    const chosen = async () => (await call('sync.snapshot', {})).preferences.missedMail;
    await expect.poll(chosen, { timeout: 30_000 }).toBe('quarter');
    expect(await check(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send me one of each' }).click();
    await page.getByText('A letter with one of each is on its way.').waitFor();
    const letter = await mailTo('mia@example.org');
    expect(letter.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');

    const path = /\/unsubscribe\/\d+\.[\w-]{22}/.exec(letter.raw)?.[0] ?? 'no link';
    const guest = await place.visitor({ path, viewport: { width: 390, height: 800 } });
    await guest.getByRole('heading', { name: 'No more mail of what you missed?' }).waitFor();
    expect(await check(guest)).toEqual([]);
    // Looking at it changes nothing.
    expect(await chosen()).toBe('quarter');
    await guest.getByRole('button', { name: 'Send me no such mail' }).click();
    await guest.getByRole('heading', { name: 'You get no such mail any more' }).waitFor();
    await absence
      .locator('label', { hasText: 'Never' })
      .locator('input:checked')
      .waitFor({ state: 'attached' });
    expect(await chosen()).toBe('never');
  });

  test('a link that is none of ours ends nothing', async () => {
    const page = await place.visitor({ path: '/unsubscribe/12.abc' });
    await page.getByRole('button', { name: 'Send me no such mail' }).click();
    await page.getByText('This link is not one of ours.').waitFor();
  });

  test('who does not administer is not offered it', async () => {
    const { page } = await place.person('Bob');
    await page.goto('/invitations');
    await page.getByRole('button', { name: 'Create link' }).waitFor();
    expect(await page.getByRole('button', { name: 'Send invitations' }).count()).toBe(0);
  });
});
