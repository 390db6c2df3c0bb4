import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccessibilityCheck } from './accessibility.ts';
import { startWorkplace, type Workplace } from './workplace.ts';

let place: Workplace;
let broken: (page: Page) => Promise<string[]>;

beforeAll(async () => {
  broken = await createAccessibilityCheck();
  place = await startWorkplace();
}, 240_000);
afterAll(() => place.close());

/** What stands on each page in each language. */
const spoken = [
  {
    locale: 'de-DE',
    door: 'Bei Test House anmelden',
    sections: {
      '/settings/profile': 'Profil',
      '/settings/appearance': 'Darstellung',
      '/settings/notifications': 'Benachrichtigungen',
      '/settings/security': 'Passwort und Geräte',
      '/settings/tokens': 'Zugriffstoken',
      '/admin/people': 'Personen',
      '/admin/invitations': 'Einladungen',
      '/admin/rooms': 'Räume',
      '/admin/emoji': 'Eigene Emojis',
      '/admin/workspace': 'Arbeitsbereich',
      '/admin/statistics': 'Statistik',
      '/admin/health': 'Systemzustand',
    },
  },
  {
    locale: 'ja-JP',
    door: 'Test House にサインイン',
    sections: {
      '/settings/profile': 'プロフィール',
      '/settings/appearance': '表示',
      '/settings/notifications': '通知',
      '/settings/security': 'パスワードと端末',
      '/settings/tokens': 'アクセストークン',
      '/admin/people': 'メンバー',
      '/admin/invitations': '招待',
      '/admin/rooms': 'ルーム',
      '/admin/emoji': 'カスタム絵文字',
      '/admin/workspace': 'ワークスペース',
      '/admin/statistics': '統計',
      '/admin/health': 'システムの状態',
    },
  },
] as const;

describe.each(spoken)('in a browser that speaks $locale', { timeout: 240_000 }, (language) => {
  test('the door speaks it, and is accessible, also in the colours of the system', async () => {
    const page = await place.visitor({ locale: language.locale, colorScheme: 'light' });
    await page.getByRole('heading', { name: language.door }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(language.locale.slice(0, 2));
    expect(await broken(page)).toEqual([]);
    await page.emulateMedia({ forcedColors: 'active' });
    expect(await broken(page)).toEqual([]);
    await page.context().close();
  });

  test('settings and administration speak it, and are accessible, also in the colours of the system', async () => {
    const { page } = await place.person('Olive', { locale: language.locale, colorScheme: 'light' });
    for (const [path, title] of Object.entries(language.sections)) {
      await page.goto(path);
      await page.getByRole('heading', { level: 2, name: title, exact: true }).waitFor();
      await page.emulateMedia({ forcedColors: 'none' });
      expect(await broken(page), path).toEqual([]);
      await page.emulateMedia({ forcedColors: 'active' });
      expect(await broken(page), `${path} in the colours of the system`).toEqual([]);
    }
    await page.context().close();
  });
});

test('the language chosen at the door goes in with whoever comes in, and to their other devices', async () => {
  const page = await place.visitor();
  await page.getByRole('heading', { name: 'Sign in to Test House' }).waitFor();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
  await page.getByLabel('E-Mail').fill('olive@example.org');
  await page.getByLabel('Passwort', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByRole('link', { name: 'Ungelesen' }).first().waitFor();

  const other = await place.person('Olive', { path: '/settings/appearance' });
  await other.page.getByRole('heading', { level: 2, name: 'Darstellung' }).waitFor();
  await other.page.getByRole('combobox', { name: 'Sprache' }).selectOption('Wie der Browser');
  await other.page.getByRole('heading', { level: 2, name: 'Appearance' }).waitFor();
  await page.getByRole('link', { name: 'Unreads' }).first().waitFor();
  await page.context().close();
  await other.page.context().close();
}, 120_000);

test('no page complained', () => {
  // A browser logs every answer that is no success, and those at the door are wanted.
  expect(place.complaints().filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
});
