import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { message, say } from './talking.ts';
import { startWorkplace, type Workplace } from './workplace.ts';

let place: Workplace;
let owner: Page;

beforeAll(async () => {
  place = await startWorkplace('new');
  owner = await place.visitor();
}, 240_000);
afterAll(() => place.close());

describe('coming in', { timeout: 120_000 }, () => {
  test('the first visitor names the workspace; what is missing is said in its place', async () => {
    await owner.getByRole('heading', { name: 'Set up your workspace' }).waitFor();
    await owner.getByLabel('Name of the workspace').fill('Acme');
    await owner.getByLabel('Email').fill('not an address');
    await owner.getByRole('button', { name: 'Create the workspace' }).click();
    await owner.getByText('Enter your name, as the others should see it.').waitFor();
    const hasFocus = () =>
      owner.getByLabel('Your name').evaluate((field) => field === document.activeElement);
    await expect.poll(hasFocus).toBe(true);
    await owner.getByText('Use at least 10 characters.').waitFor();

    await owner.getByLabel('Your name').fill('Olive Owner');
    await owner.getByLabel('Email').fill('olive@example.org');
    await owner.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await owner.getByRole('button', { name: 'Create the workspace' }).click();
    await owner.getByRole('button', { name: 'Acme' }).waitFor();
    await owner.getByText('The beginning of this room').waitFor();
    await say(owner, 'First!');
    await message(owner, 'First!').waitFor();
  });

  test('an invitation lets one in, and is used up', async () => {
    const answer = await owner.request.post('/api/v1/invitations', { data: { usesMax: 1 } });
    const { secret } = (await answer.json()) as { secret: string };
    const guest = await place.visitor({ path: `/join/${secret}` });
    await guest.getByRole('heading', { name: 'Join Acme' }).waitFor();
    await guest.getByText('Olive Owner invited you.').waitFor();
    await guest.getByLabel('Your name').fill('Gus Guest');
    await guest.getByLabel('Email').fill('olive@example.org');
    await guest.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await guest.getByRole('button', { name: 'Join' }).click();
    await guest.getByText('Somebody has this address already').waitFor();
    await guest.getByLabel('Email').fill('gus@example.org');
    await guest.getByRole('button', { name: 'Join' }).click();
    await message(guest, 'First!').waitFor();

    const late = await place.visitor({ path: `/join/${secret}` });
    await late.getByText('This invitation no longer works').waitFor();
  });

  test('signing out forgets what was kept here; a wrong password is told as such', async () => {
    await owner.locator('.own-row__button').click();
    await owner.getByRole('menuitem', { name: 'Sign out' }).click();
    await owner.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await owner.getByRole('heading', { name: 'Sign in to Acme' }).waitFor();
    const kept = () =>
      owner.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const opening = indexedDB.open('confab');
            opening.onsuccess = () => {
              const counting = opening.result.transaction('entries').objectStore('entries').count();
              counting.onsuccess = () => {
                opening.result.close();
                resolve(counting.result);
              };
            };
          }),
      );
    await expect.poll(kept).toBe(0);

    await owner.getByLabel('Email').fill('olive@example.org');
    await owner.getByLabel('Password', { exact: true }).fill('wrong horse battery');
    await owner.getByRole('button', { name: 'Sign in' }).click();
    await owner.getByText('The email address or the password is wrong.').waitFor();
    await owner.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await owner.getByRole('button', { name: 'Sign in' }).click();
    await message(owner, 'First!').waitFor();
  });

  test('a reset link sets a new password once', async () => {
    const people = await owner.request.get('/api/v1/users?search=gus');
    const { users } = (await people.json()) as { users: { id: string }[] };
    const answer = await owner.request.post(`/api/v1/users/${users[0]?.id}/reset-password`, { data: {} });
    const { resetToken } = (await answer.json()) as { resetToken: string };
    const gus = await place.visitor({ path: `/reset/${resetToken}` });
    await gus.getByLabel('New password').fill('another horse battery');
    await gus.getByRole('button', { name: 'Set the password' }).click();
    await message(gus, 'First!').waitFor();
    expect(new URL(gus.url()).pathname).toMatch(/^\/room\//);

    const again = await place.visitor({ path: `/reset/${resetToken}` });
    await again.getByLabel('New password').fill('a third horse battery');
    await again.getByRole('button', { name: 'Set the password' }).click();
    await again.getByText('This link has expired or was used already').waitFor();
  });
});

test('no page complained', () => {
  // A browser logs every answer that is no success, and these were wanted.
  const unwanted = place.complaints().filter((text) => !/status of 4\d\d/.test(text));
  expect(unwanted).toEqual([]);
});
