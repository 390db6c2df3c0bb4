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

  test('who does not administer is not offered it', async () => {
    const { page } = await place.person('Bob');
    await page.goto('/invitations');
    await page.getByRole('button', { name: 'Create link' }).waitFor();
    expect(await page.getByRole('button', { name: 'Send invitations' }).count()).toBe(0);
  });
});
