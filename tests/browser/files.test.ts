import type { Tools } from '@confab/server/platform/tools/index';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { smallPdf } from '../support/small-pdf.ts';
import { createAccessibilityCheck } from './accessibility.ts';
import { composer, goTo, message } from './talking.ts';
import { startWorkplace, type Person, type Workplace } from './workplace.ts';

/** A machine that can draw PDFs; what the real programs make is tried where they are wrapped. */
const tools: Tools = {
  types: () => ['application/pdf', 'video/mp4'],
  pictureOf: ({ type }) =>
    type === 'application/pdf'
      ? sharp({ create: { width: 600, height: 800, channels: 3, background: '#ffffff' } })
          .png()
          .toBuffer()
      : Promise.resolve(null),
  textOf: () => Promise.resolve(null),
};
let place: Workplace;
let ada: Person;
let bob: Person;
let page: Page;
let broken: (page: Page) => Promise<string[]>;

beforeAll(async () => {
  broken = await createAccessibilityCheck();
  place = await startWorkplace('bare', { tools });
  ada = await place.person('Ada', { ownConnection: true });
  bob = await place.person('Bob', {
    viewport: { width: 390, height: 780 },
    path: `/room/${place.generalId}`,
  });
  page = ada.page;
  await goTo(page, 'general');
}, 240_000);
afterAll(() => place.close());

const patience = { timeout: 30_000, interval: 100 };
const picture = async (name: string, width: number, height: number) => ({
  name,
  mimeType: 'image/png',
  buffer: await sharp({ create: { width, height, channels: 3, background: '#3a6ea5' } })
    .png()
    .toBuffer(),
});
const pdf = (name: string) => ({
  name,
  mimeType: 'application/pdf',
  buffer: smallPdf(['Quarterly report']),
});
const plain = (name: string, text: string, mimeType = 'text/plain') => ({
  name,
  mimeType,
  buffer: Buffer.from(text),
});

/** As from the chooser of files. */
async function attach(...files: Awaited<ReturnType<typeof picture>>[]): Promise<void> {
  await page.locator('.room-timeline .composer input[type=file]').setInputFiles(files);
}
const tray = (name: string) => page.locator('.upload-tray li').filter({ hasText: name });
const ready = (name: string) => tray(name).getByText('Ready').waitFor();
const send = () => page.locator('.composer').getByRole('button', { name: 'Send', exact: true }).click();

describe('files', { timeout: 120_000 }, () => {
  test('of several kinds are attached, one is taken back, and the rest is sent in one message', async () => {
    await attach(
      await picture('sea.png', 1_200, 800),
      await picture('sky.png', 400, 800),
      plain('notes.txt', 'one line\nanother line\n'),
      plain('page.html', '<script>document.title = "taken over"</script>', 'text/html'),
    );
    for (const name of ['sea.png', 'sky.png', 'notes.txt', 'page.html']) await ready(name);
    expect(await broken(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove page.html' }).click();
    await tray('page.html').waitFor({ state: 'detached' });
    await composer(page).fill('From the coast');
    await send();
    await tray('sea.png').waitFor({ state: 'detached' });
    for (const who of [page, bob.page]) {
      const row = message(who, 'From the coast');
      await row.getByRole('button', { name: 'Open sea.png' }).waitFor();
      await row.getByText('notes.txt').waitFor();
    }
    // A picture has its place before it is loaded.
    await vi.waitFor(
      async () =>
        expect(
          await message(bob.page, 'From the coast')
            .locator('img[loading]')
            .first()
            .evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0),
        ).toBe(true),
      patience,
    );
    expect(await broken(bob.page)).toEqual([]);
  });

  test('pictures open large, go on by keys and close', async () => {
    await message(page, 'From the coast').getByRole('button', { name: 'Open sea.png' }).click();
    const viewer = page.locator('.file-viewer');
    await viewer.getByText('1 of 2').waitFor();
    await page.keyboard.press('ArrowRight');
    await viewer.getByText('2 of 2').waitFor();
    await page.keyboard.press('+');
    await viewer.locator('[data-zoomed=true]').waitFor();
    expect(await broken(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
  });

  test('a document shows its first page, which opens large', async () => {
    await attach(pdf('report.pdf'));
    await ready('report.pdf');
    await composer(page).fill('For the meeting');
    await send();
    await message(page, 'For the meeting').getByRole('button', { name: 'Open report.pdf' }).click();
    const viewer = page.locator('.file-viewer');
    await viewer.getByText('First page').waitFor();
    await vi.waitFor(
      async () =>
        expect(
          await viewer
            .locator('img')
            .evaluate((image: HTMLImageElement) => image.complete && image.naturalHeight === 800),
        ).toBe(true),
      patience,
    );
    expect(await broken(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
    await message(bob.page, 'For the meeting').getByRole('button', { name: 'Open report.pdf' }).waitFor();
    expect(await broken(bob.page)).toEqual([]);
  });

  test('a text shows its beginning, and any file can be had', async () => {
    const row = message(page, 'From the coast');
    await row.getByRole('button', { name: 'Show the text' }).click();
    await row.getByText('another line').waitFor();
    const downloading = page.waitForEvent('download');
    await row.getByRole('link', { name: 'Download notes.txt' }).click();
    expect((await downloading).suggestedFilename()).toBe('notes.txt');
  });

  test('an upload goes on after a lost connection and after a reload', async () => {
    await page.context().setOffline(true);
    await attach(plain('kept.txt', 'kept on the device'));
    await tray('kept.txt').locator('progress').waitFor();
    await page.waitForFunction(
      () =>
        new Promise<boolean>((resolve) => {
          const opening = indexedDB.open('confab-files');
          opening.onsuccess = () => {
            const asking = opening.result.transaction('entries').objectStore('entries').count();
            asking.onsuccess = () => {
              opening.result.close();
              resolve(asking.result > 0);
            };
          };
        }),
    );
    await page.context().setOffline(false);
    await page.reload();
    await ready('kept.txt');
    await send();
    await page.locator('.room-timeline .message').filter({ hasText: 'kept.txt' }).waitFor();
  });

  test('pasted and dropped ones are attached, too, and sent when they are there', async () => {
    for (const kind of ['paste', 'drop']) {
      await page.locator('.room-timeline .message-field').evaluate((field, type) => {
        const data = new DataTransfer();
        data.items.add(new File([`by ${type}`], `${type}.txt`, { type: 'text/plain' }));
        const options = { bubbles: true, cancelable: true };
        field.dispatchEvent(
          type === 'paste'
            ? new ClipboardEvent('paste', { ...options, clipboardData: data })
            : new DragEvent('drop', { ...options, dataTransfer: data }),
        );
      }, kind);
      await tray(`${kind}.txt`).waitFor();
    }
    await send();
    await page
      .locator('.room-timeline .message')
      .filter({ hasText: 'drop.txt' })
      .getByText('paste.txt')
      .waitFor();
  });

  test('all of a room are listed beside it', async () => {
    await page.goto(`/room/${place.generalId}?details=files`);
    const list = page.getByRole('list', { name: 'Files of this room' });
    await list.getByText('sky.png').waitFor();
    await list.getByRole('link', { name: /Go to the message with kept\.txt/ }).waitFor();
    expect(await broken(page)).toEqual([]);
    expect(place.complaints()).toEqual([]);
  });
});
