import { createMemoryScanner, type Scanner } from '@confab/server/platform/scanner/index';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccessibilityCheck } from './accessibility.ts';
import { composer, goTo, message } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

const name = 'Eicar-Test-Signature';
let letGo = (): void => undefined;
const looked = new Promise<void>((resolve) => (letGo = resolve));
const quick = createMemoryScanner((bytes) =>
  bytes.includes('infected') ? { kind: 'infected', finding: name } : { kind: 'clean' },
);
/** Takes its time over everything until it is let go. */
const scanner: Scanner = {
  ...quick,
  async scan(read) {
    await looked;
    return quick.scan(read);
  },
};

let place: Workplace;
let ada: Person;
let bob: Person;
let page: Page;
let broken: (page: Page) => Promise<string[]>;

beforeAll(async () => {
  broken = await createAccessibilityCheck();
  place = await startWorkplace('bare', { scanner });
  ada = await place.person('Ada');
  bob = await place.person('Bob', {
    viewport: { width: 390, height: 780 },
    path: `/room/${place.generalId}`,
  });
  page = ada.page;
  await goTo(page, 'general');
}, 240_000);
afterAll(() => place.close());

const plain = (file: string, text: string) => ({
  name: file,
  mimeType: 'text/plain',
  buffer: Buffer.from(text),
});
const tray = (file: string) => page.locator('.upload-tray li').filter({ hasText: file });
const send = () => page.locator('.composer').getByRole('button', { name: 'Send', exact: true }).click();

describe('files that are looked through', { timeout: 240_000 }, () => {
  test('say so to everybody, then are there, or say what was found in them', async () => {
    const sea = { width: 600, height: 400, channels: 3 as const, background: '#3a6ea5' };
    const picture = {
      name: 'sea.png',
      mimeType: 'image/png',
      buffer: await sharp({ create: sea }).png().toBuffer(),
    };
    const files = [picture, plain('notes.txt', 'clean words'), plain('offer.txt', 'infected words')];
    await page.locator('.room-timeline .composer input[type=file]').setInputFiles(files);
    for (const file of files) await tray(file.name).getByText('Ready').waitFor();
    await composer(page).fill('From the coast');
    await send();
    const rows = [page, bob.page].map((who) => message(who, 'From the coast'));
    for (const row of rows) {
      await row.getByRole('img', { name: 'sea.png: Being checked for viruses' }).waitFor();
      await row.getByText('Being checked for viruses').nth(1).waitFor();
      expect(await row.getByRole('link', { name: 'Download notes.txt' }).count()).toBe(0);
    }
    expect(await broken(page)).toEqual([]);
    await bob.page.goto(`/room/${place.generalId}?details=files`);
    const list = bob.page.getByRole('list', { name: 'Files of this room' });
    await list.getByText('Being checked for viruses').nth(2).waitFor();

    letGo();
    const removed = `Removed: the virus scanner found ${name} in it.`;
    await list.getByText(removed).waitFor();
    await list.getByRole('link', { name: 'Download notes.txt' }).waitFor();
    const row = message(page, 'From the coast');
    await row.getByRole('button', { name: 'Open sea.png' }).waitFor();
    await row.getByRole('link', { name: 'Download notes.txt' }).waitFor();
    await row.getByText(removed).waitFor();
    expect(await row.getByRole('link', { name: 'Download offer.txt' }).count()).toBe(0);
    expect(await broken(page)).toEqual([]);
    expect(await broken(bob.page)).toEqual([]);
  });

  test('are refused before they are sent, when something was found', async () => {
    await page
      .locator('.room-timeline .composer input[type=file]')
      .setInputFiles([plain('second.txt', 'infected again')]);
    await tray('second.txt').getByText(`Removed: the virus scanner found ${name} in it.`).waitFor();
    const toast = page.getByText(`second.txt: Removed: the virus scanner found ${name} in it.`);
    await toast.first().waitFor();
    expect(await tray('second.txt').getByRole('button', { name: 'Try second.txt again' }).count()).toBe(0);
    expect(await broken(page)).toEqual([]);
    await tray('second.txt').getByRole('button', { name: 'Remove second.txt' }).click();
    await tray('second.txt').waitFor({ state: 'detached' });
    expect(place.complaints()).toEqual([]);
  });
});
