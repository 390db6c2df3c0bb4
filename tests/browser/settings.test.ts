import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccessibilityCheck } from './accessibility.ts';
import { hasChromium, startWorkplace, type Person, type Workplace } from './workplace.ts';

const slow = 240_000;
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

describe.skipIf(!hasChromium)('what is one’s own', { timeout: slow }, () => {
  let place: Workplace;
  let ada: Person;
  let broken: (page: Page) => Promise<string[]>;
  beforeAll(async () => {
    broken = await createAccessibilityCheck();
    place = await startWorkplace();
    ada = await place.person('Ada', { path: '/settings', colorScheme: 'light' });
  }, 240_000);
  afterAll(() => place.close());

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

  test('a new name and time zone are seen by the others', async () => {
    const { page } = ada;
    const bob = await place.person('Bob');
    await page.getByLabel('Full name').fill('Ada Lovelace');
    await page.getByLabel('Handle').fill('olive');
    const zone = page.getByRole('combobox', { name: 'Time zone' });
    await zone.click();
    await zone.fill('new york');
    await page.getByRole('option', { name: /New York/ }).click();
    await button(page, 'Save changes').click();
    await page.getByText('Somebody has this handle already.').waitFor();
    await page.getByLabel('Handle').fill('lovelace');
    await button(page, 'Save changes').click();
    await page.getByText('Profile saved').waitFor();

    const { users } = await bob.call('user.list', { search: 'lovelace' });
    expect(users).toMatchObject([{ name: 'Ada Lovelace', handle: 'lovelace', timeZone: 'America/New_York' }]);
    await expect.poll(() => zone.inputValue()).toBe('New York, America');
    await bob.page.context().close();
  });

  test('a picture is looked at before it is used, and can be taken away', async () => {
    const { page } = ada;
    const orange = { width: 800, height: 600, channels: 3 as const, background: '#e06020' };
    const buffer = await sharp({ create: orange }).png().toBuffer();
    const input = page.locator('input[type=file]');
    await input.setInputFiles({
      name: 'notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('no picture'),
    });
    await page.getByText('That is no picture we can show.').waitFor();
    await input.setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer });
    await page.getByText('This is how the others will see it.').waitFor();
    await button(page, 'Use this picture').click();
    await page.locator('.own-row img').waitFor();
    await button(page, 'Remove').click();
    await page.locator('.own-row img').waitFor({ state: 'detached' });
  });

  test('a picture over the limit is made smaller first', async () => {
    const { page } = ada;
    const noise = await sharp({
      create: {
        width: 1_400,
        height: 1_000,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .png()
      .toBuffer();
    expect(noise.length).toBeGreaterThan(2_000_000);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'big.png', mimeType: 'image/png', buffer: noise });
    await button(page, 'Use this picture').click();
    await page.locator('.own-row img').waitFor();
    expect(await broken(page)).toEqual([]);
  });

  test('theme and density are there at once, and follow to the other device', async () => {
    const other = await ada.elsewhere({ path: '/settings/appearance', colorScheme: 'light' });
    const root = (page: Page) => page.locator('html');
    await ada.page.goto('/settings/appearance');
    expect(await broken(ada.page)).toEqual([]);
    await ada.page.getByLabel('Dark').check();
    await root(ada.page).and(ada.page.locator('[data-theme=dark]')).waitFor();
    await root(other.page).and(other.page.locator('[data-theme=dark]')).waitFor();
    await other.page.getByLabel('Compact').check();
    await other.page.getByLabel('12 hours').check();
    await root(ada.page).and(ada.page.locator('[data-density=compact]')).waitFor();
    await expect.poll(() => ada.page.getByLabel('12 hours').isChecked()).toBe(true);
    await ada.page.reload();
    await root(ada.page).and(ada.page.locator('[data-theme=dark][data-density=compact]')).waitFor();
    await ada.page.getByLabel('System').check();
    await root(other.page).and(other.page.locator('[data-theme=system]')).waitFor();
    await other.page.context().close();
  });

  test('what notifies is chosen, with keywords and quiet hours', async () => {
    const { page } = ada;
    await page.goto('/settings/notifications');
    await page.getByLabel('Nothing', { exact: true }).check();
    await page.getByLabel('Another keyword').fill('deploy, Release');
    await button(page, 'Add').click();
    await page.getByText('Release', { exact: true }).waitFor();
    await page.getByLabel('Another keyword').fill('DEPLOY');
    await button(page, 'Add').click();
    await page.getByText('That is a keyword already.').waitFor();
    await button(page, 'Remove “deploy”').click();
    await page.getByText('deploy', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('switch', { name: 'Do not disturb on a schedule' }).check();
    await page.getByLabel('Sunday').uncheck();
    await page.getByLabel('From').fill('18:30');
    await page.getByText('They end on the next day.').waitFor();
    expect(await broken(page)).toEqual([]);
    const other = await ada.elsewhere({ path: '/settings/notifications' });
    await expect.poll(() => other.page.getByLabel('From').inputValue()).toBe('18:30');
    await expect.poll(() => other.page.getByLabel('Sunday').isChecked()).toBe(false);
    await expect.poll(() => other.page.getByLabel('Nothing', { exact: true }).isChecked()).toBe(true);
    await other.page.getByText('Release', { exact: true }).waitFor();
    await other.page.getByRole('switch', { name: 'Do not disturb on a schedule' }).uncheck();
    await page.getByLabel('From').waitFor({ state: 'detached' });
    await other.page.context().close();
  });

  test('do not disturb is turned on for a while, and off', async () => {
    await ada.page.goto('/settings/notifications');
    await button(ada.page, 'For 1 hour').click();
    await ada.page.getByText('Do not disturb is on').waitFor();
    expect(await broken(ada.page)).toEqual([]);
    await button(ada.page, 'Turn off').click();
    await ada.page.getByText('Notifications are on').waitFor();
  });

  test('quiet hours that hold say so, and can be ended until the next ones', async () => {
    const { page } = ada;
    const always = { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 0 };
    await ada.call('user.setPreferences', { preferences: { quietHours: always } });
    await page.getByText('Quiet hours are on').waitFor();
    await page
      .locator('.rows__note')
      .getByText(/^Until /)
      .waitFor();
    await button(page, 'End now').click();
    await page.getByText('Notifications are on').waitFor();
    await button(page, 'For 2 hours').click();
    await page.getByText('Do not disturb is on').waitFor();
    await button(page, 'Turn off').click();
    await page.getByText('Notifications are on').waitFor();
    await ada.call('user.setPreferences', { preferences: { quietHours: null } });
  });

  test('a session that is ended is signed out where it was; a new password ends the others', async () => {
    const { page } = ada;
    const others = page.getByRole('button', { name: /^Sign out on/ });
    await page.goto('/settings/security');
    await button(page, 'Sign out everywhere else').click();
    await button(page, 'Sign out').click();
    await others.first().waitFor({ state: 'detached' });
    const lost = await ada.elsewhere();
    await page.reload();
    await others.waitFor();
    expect(await broken(page)).toEqual([]);
    await others.click();
    await lost.page.getByRole('heading', { name: 'Sign in to Test House' }).waitFor();
    await lost.page.context().close();

    const forgotten = await ada.elsewhere();
    await page.getByLabel('Present password', { exact: true }).fill('wrong horse battery');
    await page.getByLabel('New password', { exact: true }).fill('short');
    await button(page, 'Change password').click();
    await page.getByText('Use at least 10 characters.').waitFor();
    await page.getByLabel('New password', { exact: true }).fill('another horse battery');
    await button(page, 'Change password').click();
    await page.getByText('That is not your present password.').waitFor();
    await page.getByLabel('Present password', { exact: true }).fill('correct horse battery');
    await button(page, 'Change password').click();
    await page.getByText('Password changed').waitFor();
    await forgotten.page.getByRole('heading', { name: 'Sign in to Test House' }).waitFor();
    await forgotten.page.context().close();
    await others.first().waitFor({ state: 'detached' });
  });

  test('a token is shown once, works as shown, and no longer when it is revoked', async () => {
    const { page } = ada;
    await page.goto('/settings/tokens');
    await button(page, 'Create a token').click();
    expect(await broken(page)).toEqual([]);
    await page.getByLabel('Name').fill('Deploy bot');
    await page.getByLabel('Write').uncheck();
    await button(page, 'Create').click();
    await page.getByText('“Deploy bot” is ready').waitFor();
    expect(await broken(page)).toEqual([]);
    await button(page, 'Copy: Token').click();
    await button(page, 'Copied: Token').waitFor();
    const secret = await page.evaluate(() => navigator.clipboard.readText());
    const example = await page.locator('pre').innerText();
    expect(example).toContain(`curl ${place.url}/api/v1/session`);
    expect(example).toContain(`"Authorization: Bearer ${secret}"`);
    const ask = () =>
      fetch(`${place.url}/api/v1/session`, { headers: { authorization: `Bearer ${secret}` } });
    expect(await (await ask()).json()).toMatchObject({ scopes: ['read'] });

    await button(page, 'Done').click();
    await button(page, 'Revoke Deploy bot').click();
    await button(page, 'Revoke token').click();
    await page.getByText('No tokens yet').waitFor();
    expect((await ask()).status).toBe(401);
  });

  test('on a phone one section is shown at a time, and back leads to the list', async () => {
    const { page } = await place.person('Bob', { ...phone, path: '/settings' });
    expect(await broken(page)).toEqual([]);
    for (const [link, sign] of [
      ['Profile', 'Full name'],
      ['Appearance', 'Density'],
      ['Password and devices', 'Where you are signed in'],
      ['Access tokens', 'No tokens yet'],
    ] as const) {
      await page.getByRole('link', { name: link }).click();
      await page.getByText(sign).first().waitFor();
      expect(await broken(page), link).toEqual([]);
      await expect.poll(() => wider(page), { message: link }).toBeLessThanOrEqual(0);
      await button(page, 'Back').click();
    }
    await page.getByRole('link', { name: 'Profile' }).waitFor();
    await page.context().close();
  });

  test('no page complained', () => {
    // A browser logs every answer that is no success, and these were wanted.
    expect(place.complaints().filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
  });
});

function wider(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}
